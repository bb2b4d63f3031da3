import { confirmLoad, LoadNotConfirmedError } from './confirm-load.ts';

const stage = { stackName: 'Spillway-dev', accountId: '123456789012', region: 'eu-west-1' };
const estimate = { requests: 1_250_000, seconds: 700, stageDollars: 7.4, runnerDollars: 0 };
const LOAD =
  'Load            stage dev, account 123456789012, eu-west-1: at most 1.3 million requests in about 12 minutes, ' +
  'about $7 for the stage (list prices, us-east-1)';

describe('confirmLoad', () => {
  const isTTY = process.stdin.isTTY;
  beforeEach(() => void (process.stdin.isTTY = false));
  afterEach(() => void (process.stdin.isTTY = isTTY));

  it('says what the load may come to before anybody agrees to it', async () => {
    const lines: string[] = [];
    const asked = confirmLoad(stage, estimate, false, { line: (text) => lines.push(text) });
    await expect(asked).rejects.toThrow(LoadNotConfirmedError);
    expect(lines).toEqual([LOAD]);
  });

  it('says it also to who has agreed', async () => {
    const lines: string[] = [];
    await confirmLoad(stage, estimate, true, { line: (text) => lines.push(text) });
    expect(lines).toEqual([LOAD]);
  });
});
