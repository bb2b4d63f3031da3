import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { generatorReportSchema } from '../src/generator/generator-report.ts';
import { scriptOf, startArtillery, type PlainArtillery } from './start-artillery.ts';
import { API_KEY, SIGNER, startAuthStage, type AuthStage } from './start-auth-stage.ts';

/** Whatever the machine is configured for, these tests use keys of their own. */
const NO_KEYS = {
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
  ...{ AWS_PROFILE: '', AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_SESSION_TOKEN: '' },
};
const SIGNER_KEYS = {
  ...NO_KEYS,
  AWS_ACCESS_KEY_ID: SIGNER.accessKeyId,
  AWS_SECRET_ACCESS_KEY: SIGNER.secretAccessKey,
  CLIENT_KEY: API_KEY,
};
const FLOW = ['{ pace: { name: a, arrivals: { kind: constant, ratePerSecond: 50 }, holdMs: 400 } }'];
const IAM = 'auth: { kind: iam, region: us-east-1 }';
const KEY = 'apiKey: { env: CLIENT_KEY }';

let stage: AuthStage;
let artillery: PlainArtillery;
beforeAll(async () => {
  stage = await startAuthStage();
});
afterAll(() => stage.stop());
afterEach(() => artillery.dispose());

async function run(
  route: Parameters<AuthStage['urlOf']>[0],
  options: readonly string[],
  environment = SIGNER_KEYS,
) {
  const engine = `engines: { spillway: { ${['resultsDirectory: out', ...options].join(', ')} } }`;
  const files = { 'test.yml': scriptOf(stage.urlOf(route), FLOW, [engine]) };
  artillery = startArtillery(files, ['--output', 'report.json'], environment);
  return artillery.ended();
}

function readReport() {
  const file = path.join(artillery.directory, 'out/step-a.generator.json');
  return generatorReportSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** All that a run left behind: what it printed, and every file but the script. */
function everythingLeft(): string {
  const files = readdirSync(artillery.directory, { recursive: true, withFileTypes: true });
  const texts = files
    .filter((file) => file.isFile() && file.name !== 'test.yml')
    .map((file) => readFileSync(path.join(file.parentPath, file.name), 'utf8'));
  return [artillery.printed(), ...texts].join('\n');
}

describe('a stage that asks who sends', () => {
  it.each<[what: string, Parameters<AuthStage['urlOf']>[0], string[]]>([
    ['a signature', 'signed', [IAM]],
    ['an API key', 'keyed', [KEY]],
    ['both', 'both', [IAM, KEY]],
    ['nothing, and gets both', 'open', [IAM, KEY]],
  ])('for %s acknowledges every request', async (_what, route, options) => {
    expect(await run(route, options)).toBe(0);
    expect(readReport()).toMatchObject({ sent: 20, counts: { acknowledged: 20 } });
    const left = everythingLeft();
    expect(left).toContain('spillway.acknowledged');
    for (const secret of [SIGNER.secretAccessKey, API_KEY]) expect(left).not.toContain(secret);
  });

  it.each<[what: string, Parameters<AuthStage['urlOf']>[0], string[]]>([
    ['an unsigned request', 'signed', []],
    ['a request without its key', 'keyed', [IAM]],
    ['a signature for another Region', 'signed', ['auth: { kind: iam, region: eu-west-1 }']],
  ])('refuses %s', async (_what, route, options) => {
    expect(await run(route, options)).toBe(0);
    expect(readReport()).toMatchObject({ sent: 20, counts: { refused: 20 } });
  });

  it.each<[what: string, string[], RegExp]>([
    ['credentials there are none of', [IAM], /AWS credentials: found none .*; set AWS_PROFILE/],
    [
      'a Region that nothing tells',
      ['auth: { kind: iam }'],
      /Region to sign for: found none in 127\.0\.0\.1/,
    ],
    [
      'a key that is not set',
      [KEY],
      /environment variable CLIENT_KEY: found none, want the key; set CLIENT_KEY/,
    ],
    ['a kind it does not know', ['auth: { kind: basic }'], /config\.engines\.spillway: auth\.kind "basic"/],
  ])('is asked nothing when the scenario wants %s', async (_what, options, message) => {
    expect(
      await run('signed', options, { ...NO_KEYS, AWS_REGION: '', AWS_DEFAULT_REGION: '' } as never),
    ).toBe(1);
    expect(artillery.printed()).toMatch(message);
    expect(readdirSync(artillery.directory)).not.toContain('out');
  });
});
