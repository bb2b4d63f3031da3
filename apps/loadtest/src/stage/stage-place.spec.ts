import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readStagePlace, refuseOtherAccount, refuseUnlessAllowed } from './stage-place.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'spillway-place-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const none = () => undefined;
function write(stages: object): void {
  writeFileSync(join(folder, 'stages.json'), JSON.stringify(stages));
}

describe('readStagePlace', () => {
  it.each([
    ['refused', { deploy: 'measured-limits' }],
    ['allowed', { deploy: 'any-limits' }],
    ['allowed', { deploy: 'measured-limits', loadtest: 'allowed' }],
    ['refused', { deploy: 'any-limits', loadtest: 'refused' }],
  ])('finds load tests %s for %j', (loadtest, stage) => {
    write({ some: stage });
    expect(readStagePlace(folder, 'some', none)).toMatchObject({ stage: 'some', loadtest });
  });

  it('takes account and Region from the environment first', () => {
    write({ 'eu-dev': { account: '111122223333', region: 'eu-west-1' } });
    expect(readStagePlace(folder, 'eu-dev', none)).toMatchObject({
      accountId: '111122223333',
      region: 'eu-west-1',
    });
    const variable = (name: string) => (name === 'SPILLWAY_EU_DEV_ACCOUNT' ? '444455556666' : undefined);
    expect(readStagePlace(folder, 'eu-dev', variable)).toMatchObject({
      accountId: '444455556666',
      region: 'eu-west-1',
    });
  });

  it('names the stages there are, and a file that is none', () => {
    write({ dev: {}, prod: {} });
    expect(() => readStagePlace(folder, 'stag', none)).toThrow(/no stage "stag", want one of dev, prod/);
    expect(() => readStagePlace(join(folder, 'nowhere'), 'dev', none)).toThrow(
      /nowhere\/stages\.json: .*ENOENT/,
    );
  });
});

describe('refuseOtherAccount', () => {
  const place = { stage: 'dev', region: undefined, loadtest: 'allowed' } as const;
  const here = { accountId: '111122223333', region: 'eu-west-1' };

  it('takes the account that is wanted, and any where none is', () => {
    expect(() => refuseOtherAccount({ ...place, accountId: '111122223333' }, here)).not.toThrow();
    expect(() => refuseOtherAccount({ ...place, accountId: undefined }, here)).not.toThrow();
  });

  it('names stage, account and Region of another', () => {
    expect(() => refuseOtherAccount({ ...place, accountId: '444455556666' }, here)).toThrow(
      /^stage dev: found account 111122223333, eu-west-1, want account 444455556666/,
    );
  });
});

describe('refuseUnlessAllowed', () => {
  it('says where to allow it', () => {
    const place = { stage: 'prod', accountId: undefined, region: undefined } as const;
    expect(() => refuseUnlessAllowed({ ...place, loadtest: 'allowed' })).not.toThrow();
    expect(() => refuseUnlessAllowed({ ...place, loadtest: 'refused' })).toThrow(
      /"loadtest": "allowed" in apps\/infra\/config/,
    );
  });
});
