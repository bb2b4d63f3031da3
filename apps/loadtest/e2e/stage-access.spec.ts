import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runStep } from '../src/run-step.ts';
import { describeAccess, findStageAccess, type AccessQuestion } from '../src/stage/stage-access.ts';
import { signerOf } from '../src/stage/stage-signer.ts';
import { API_KEY, startAuthStage, type AuthStage } from './start-auth-stage.ts';

type Route = Parameters<AuthStage['urlOf']>[0];
const variable = (name: string) => ({ CLIENT_KEY: API_KEY, WRONG_KEY: 'nobody-knows-this-key' })[name];
const REGION = 'us-east-1';

let stage: AuthStage;
beforeAll(async () => {
  stage = await startAuthStage();
});
afterAll(() => stage.stop());

function ask(route: Route, change: Partial<AccessQuestion> = {}) {
  const signer = signerOf({ endpoint: 'http://127.0.0.1', credentialsProfile: undefined });
  const baseUrl = stage.urlOf(route);
  return findStageAccess({ baseUrl, region: REGION, signer, apiKeyEnv: undefined, variable, ...change });
}

describe('findStageAccess', () => {
  const auth = { kind: 'iam', region: REGION, service: 'execute-api' };
  const apiKey = { env: 'CLIENT_KEY' };

  it.each<[Route, string | undefined, object, string | null]>([
    ['open', undefined, {}, null],
    ['signed', undefined, { auth }, 'requests go out signed for us-east-1'],
    ['keyed', 'CLIENT_KEY', { apiKey }, 'requests go out with the key in CLIENT_KEY'],
    [
      'both',
      'CLIENT_KEY',
      { auth, apiKey },
      'requests go out signed for us-east-1, with the key in CLIENT_KEY',
    ],
  ])('finds out what the route %s asks (key in %s)', async (route, apiKeyEnv, options, described) => {
    const access = await ask(route, { apiKeyEnv });
    expect(access.options).toEqual(options);
    expect(describeAccess(access)).toBe(described);
  });

  it.each<[string, Route, Partial<AccessQuestion>, RegExp]>([
    [
      'a stage that wants a key',
      'keyed',
      {},
      /403 ForbiddenException .* for an unsigned request, .*pass --api-key-env=/,
    ],
    [
      'a key that is none of its',
      'keyed',
      { apiKeyEnv: 'WRONG_KEY' },
      /with the key in WRONG_KEY, .*; use a key of a usage plan/,
    ],
    [
      'a key that is not set',
      'keyed',
      { apiKeyEnv: 'NO_KEY' },
      /environment variable NO_KEY: found none, want the key; set NO_KEY/,
    ],
    [
      'a stage that wants both',
      'both',
      {},
      /403 ForbiddenException .* for a signed request, .*pass --api-key-env=/,
    ],
    ['another Region', 'signed', { region: 'eu-west-1' }, /403 \w+ .* for a signed request/],
    [
      'credentials it does not know',
      'signed',
      {
        signer: {
          credentials: async () => async () => ({ accessKeyId: 'AKIANOBODY', secretAccessKey: 'x' }),
          variables: {},
        },
      },
      /UnrecognizedClientException .* for a signed request, .*; pass --aws-profile=/,
    ],
    [
      'a path with nothing at it',
      'open',
      { baseUrl: 'nowhere' },
      /MissingAuthenticationToken.*; look whether POST is deployed/,
    ],
  ])('refuses %s before any load', async (_what, route, change, message) => {
    const baseUrl =
      change.baseUrl === undefined ? stage.urlOf(route) : stage.urlOf('open').replace(/open$/, 'no');
    await expect(ask(route, { ...change, baseUrl })).rejects.toThrow(message);
  });

  it('says so when nobody answers', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    closed.close();
    await expect(ask('open', { baseUrl: `http://127.0.0.1:${port}/prod` })).rejects.toMatchObject({
      code: 'STAGE_SILENT',
      message: expect.stringContaining('found no answer (ECONNREFUSED)') as string,
    });
  });
});

describe('runStep', () => {
  it('sends as the stage asks, with keys of the stage whatever the machine is configured for', async () => {
    const resultsDirectory = mkdtempSync(path.join(tmpdir(), 'spillway-access-'));
    const access = await ask('signed');
    const { record, answers } = await runStep({
      ...{ name: 'signed-01', purpose: 'discovery', limits: 'lifted', runId: 'r1', resultsDirectory, access },
      ...{ arrivals: { kind: 'constant', ratePerSecond: 50 }, warmUpMs: 0, holdMs: 400 },
      ...{ payloadBytes: 512, horizonMs: 5000, baseUrl: stage.urlOf('signed') },
    });
    rmSync(resultsDirectory, { recursive: true });
    expect(record.sent).toBe(20);
    expect([...answers.outcome]).toEqual(Array(20).fill(0));
  });
});

describe('loadtest --api-key-env', () => {
  it('ends before any load when there is no such variable', async () => {
    const results = mkdtempSync(path.join(tmpdir(), 'spillway-access-'));
    const main = path.resolve(__dirname, '../src/main.ts');
    const child = spawn(process.execPath, [
      main,
      `--results=${results}`,
      '--api-key-env=SPILLWAY_NO_SUCH_KEY',
    ]);
    let printed = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => (printed += String(chunk)));
    const [exitCode] = await once(child, 'close');
    rmSync(results, { recursive: true });
    expect(exitCode).toBe(1);
    expect(printed).toContain('environment variable SPILLWAY_NO_SUCH_KEY: found none');
    expect(printed).not.toContain('Discovery');
  });
});
