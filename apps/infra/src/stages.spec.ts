import { readStages } from './read-configuration.ts';
import { parseStages, requireStage, stackName } from './stages.ts';

const dev = { deploy: 'any-limits', tableRemoval: 'retain', logRetentionDays: 7 };

describe('parseStages', () => {
  it.each([
    ['not JSON', '{', /stages\.json: not JSON/],
    ['an unknown field', JSON.stringify({ dev: { ...dev, colour: 1 } }), /dev: .*colour/],
    [
      'a retention CloudWatch Logs lacks',
      JSON.stringify({ dev: { ...dev, logRetentionDays: 8 } }),
      /logRetentionDays/,
    ],
    ['a name no stack may have', JSON.stringify({ 'a b': dev }), /a b/],
    ['an account without a Region', JSON.stringify({ dev: { ...dev, account: '123456789012' } }), /together/],
    [
      'an account of 11 digits',
      JSON.stringify({ dev: { ...dev, account: '12345678901', region: 'eu-west-1' } }),
      /account/,
    ],
  ])('refuses %s', (_why, text, message) => {
    expect(() => parseStages(text, 'stages.json')).toThrow(
      expect.objectContaining({ code: 'STAGES_INVALID', message: expect.stringMatching(message) }),
    );
  });

  it('takes a stage with account and Region', () => {
    const placed = { ...dev, account: '123456789012', region: 'ap-southeast-2' };
    expect(parseStages(JSON.stringify({ dev: placed }), 'stages.json')).toEqual({ dev: placed });
  });
});

describe('config/stages.json', () => {
  const stages = readStages(`${import.meta.dirname}/../config/stages.json`);

  it('never deploys local, and prod only with measured limits and its table retained', () => {
    expect(stages.local?.deploy).toBe('never');
    expect(stages.prod).toMatchObject({ deploy: 'measured-limits', tableRemoval: 'retain' });
  });
});

describe('requireStage', () => {
  it.each(['nope', 'constructor', '__proto__'])('knows no stage %s', (name) => {
    expect(() => requireStage(parseStages(JSON.stringify({ dev }), 'f'), name)).toThrow(
      expect.objectContaining({ code: 'STAGE_UNKNOWN' }),
    );
  });
});

describe('stackName', () => {
  it('says whose stack it is', () => expect(stackName('dev')).toBe('Spillway-dev'));
});
