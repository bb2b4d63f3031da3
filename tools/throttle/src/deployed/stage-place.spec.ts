import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPlaceVariables } from '../environment.ts';
import { stagePlace } from './stage-place.ts';

const config = mkdtempSync(join(tmpdir(), 'spillway-place-'));
afterAll(() => rmSync(config, { recursive: true }));
beforeEach(() =>
  writeFileSync(
    join(config, 'stages.json'),
    JSON.stringify({ dev: { api: 'rest' }, prod: { account: '111122223333', region: 'eu-west-1' } }),
  ),
);
const nothing = { account: undefined, region: undefined };

describe('stagePlace', () => {
  it('leaves a stage without a place to the profile', () => {
    expect(stagePlace({ config }, 'dev', nothing)).toEqual({ accountId: undefined, region: undefined });
  });

  it('takes the place from the file, and what the environment says over it', () => {
    expect(stagePlace({ config }, 'prod', nothing)).toEqual({
      accountId: '111122223333',
      region: 'eu-west-1',
    });
    expect(stagePlace({ config }, 'prod', { ...nothing, account: '444455556666' })).toEqual({
      accountId: '444455556666',
      region: 'eu-west-1',
    });
  });

  it.each(['staging', 'constructor'])('knows no stage "%s", and says which there are', (stage) => {
    expect(() => stagePlace({ config }, stage, nothing)).toThrow(
      `stages.json: no stage "${stage}", want one of dev, prod; name one by --stage`,
    );
  });

  it('names a file that can not be read', () => {
    writeFileSync(join(config, 'stages.json'), '{');
    expect(() => stagePlace({ config }, 'dev', nothing)).toThrow(/stages\.json: .*which account and Region/);
  });
});

describe('readPlaceVariables', () => {
  it("reads the stage's own variables, dashes written as underscores; set to nothing is not set", () => {
    const variables = { SPILLWAY_EU_PROD_ACCOUNT: '111122223333', SPILLWAY_EU_PROD_REGION: '' };
    expect(readPlaceVariables('eu-prod', variables)).toEqual({ account: '111122223333', region: undefined });
    expect(readPlaceVariables('prod', variables)).toEqual({ account: undefined, region: undefined });
  });
});
