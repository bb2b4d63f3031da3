import { GetFunctionConfigurationCommand, TagResourceCommand } from '@aws-sdk/client-lambda';
import { once } from 'node:events';
import { leaseTags } from '../src/lease/lease.ts';
import {
  enforced,
  startDeployedStage,
  store,
  storedIds,
  type DeployedStage,
  type Running,
} from './deployed-stage.ts';

const LIMIT_MS = 300_000;
const OTHERS = ['somebody-else', 'loadtest.20200101-000000-aaaa.discovery-01.0'];

let stage: DeployedStage;
let before: Awaited<ReturnType<typeof enforced>>;
beforeAll(async () => {
  stage = await startDeployedStage({ auth: 'none', rollout: 'canary-10-percent-5-minutes' });
  const found = await stage.find();
  before = await enforced(found);
  for (const id of OTHERS) await store(found, id);
}, LIMIT_MS);
afterAll(() => stage.stop());

/** Phases that a run comes to sooner when it is interrupted. */
const [PUT_BACK, AUDITED] = [/^Limits +put back/m, /^Audit/m];
const INTERRUPTED = [PUT_BACK, AUDITED];

/** A run that is killed as soon as it prints that; a run that this machine kept from it is another try. */
async function kill(pattern: RegExp): Promise<Running> {
  for (;;) {
    const running = stage.loadtest('--yes', '--metric-wait=20');
    try {
      if (INTERRUPTED.includes(pattern)) {
        await running.until(/^ +discovery-01/m);
        running.child.kill('SIGINT');
      }
      await running.until(pattern);
    } catch (error) {
      if (/against a null server, want/.test(running.printed())) continue;
      throw error;
    }
    running.child.kill('SIGKILL');
    await once(running.child, 'close');
    return running;
  }
}

const runIdIn = (printed: string) => /run (\d{8}-\d{6}-\w{4}) by/.exec(printed)?.[1] ?? 'none';

async function command(...args: readonly string[]) {
  const running = stage.loadtest(...args);
  return { code: await running.ended(), printed: running.printed() };
}

describe('nx run loadtest restore --stage=dev', () => {
  it.each<[string, RegExp, boolean, boolean]>([
    ['it had the stage', /^Generator|^Lease/m, false, false],
    ['it lifted the limits', /^Discovery/m, true, false],
    ['it loaded the stage', /^ +discovery-01/m, true, true],
    ['it tried its limits', /^ +replay-01/m, true, true],
    ['it put the limits back', PUT_BACK, false, true],
    ['it removed its entries', AUDITED, false, false],
  ])(
    'leaves the stage as it was where a run was killed after %s',
    async (_when, pattern, isLifted, hasEntries) => {
      const killed = await kill(pattern);
      const runId = runIdIn(killed.printed());
      const found = await stage.find();
      const left = await enforced(found);
      expect(left.tags?.['spillway:lease']).toContain(`run=${runId} `);
      expect(left.version).toBe(isLifted ? '$LATEST' : before.version);
      if (isLifted)
        expect(left.tags?.['spillway:lease-found']).toMatch(/^rate=1000 burst=2000 .* version=1$/);
      else expect(left.limits).toEqual(before.limits);
      // Identifiable: each entry of the run carries its id, which the lease tells.
      const ids = (await storedIds(found)).filter((id) => !OTHERS.includes(id));
      expect(ids.filter((id) => !id.startsWith(`loadtest.${runId}.`))).toEqual([]);
      if (hasEntries) expect(ids.length).toBeGreaterThan(0);

      const restored = await command('restore');
      expect(restored.printed).toMatch(/^Stage +dev, account 000000000000, us-east-1, stack Spillway-dev$/m);
      expect(restored.printed).toContain(
        `Lease           run ${runId} by arn:aws:iam::000000000000:user/local`,
      );
      expect(restored.code).toBe(0);
      expect(await enforced(found)).toEqual(before);
      expect([...(await storedIds(found))].sort()).toEqual([...OTHERS].sort());

      // Once more is as good.
      expect(await command('restore')).toMatchObject({
        code: 0,
        printed: expect.stringContaining('none: nothing to put back') as string,
      });
      expect(await enforced(found)).toEqual(before);
    },
    LIMIT_MS,
  );

  it(
    'is done by the next run as well, which leaves the entries of the killed one and says whose they are',
    async () => {
      const first = runIdIn((await kill(/^ +discovery-01/m)).printed());
      const next = await kill(/^Lease +stage dev/m);
      expect(next.printed()).toMatch(
        new RegExp(`^Lease +of an earlier run is over: run ${first} by arn`, 'm'),
      );
      expect(next.printed()).toMatch(
        /^Limits +put back: 1000\/s, burst 2000, concurrency 100, 1024 MB, 29 s, version 1$/m,
      );
      const found = await stage.find();
      expect(await enforced(found)).toMatchObject({ limits: before.limits, version: before.version });
      expect((await command('restore')).code).toBe(0);
      expect((await storedIds(found)).some((id) => id.startsWith(`loadtest.${first}.`))).toBe(true);
      const cleaned = await command('clean', `--run=${first}`);
      expect(cleaned).toMatchObject({
        code: 0,
        printed: expect.stringMatching(/^Clean-up +\d+ entries of the run removed$/m) as string,
      });
      expect([...(await storedIds(found))].sort()).toEqual([...OTHERS].sort());
    },
    LIMIT_MS,
  );

  it(
    'refuses a stage that somebody elsewhere holds, as does a second run, unless forced',
    async () => {
      const found = await stage.find();
      const { lambda, functionName: FunctionName } = found;
      const { FunctionArn: Resource } = await lambda.send(
        new GetFunctionConfigurationCommand({ FunctionName }),
      );
      const untilMs = Date.now() + 240_000;
      const Tags = leaseTags({
        ...{ runId: '20260131-142501-k3f9', holder: 'arn:aws:iam::1:user/ann', process: 'elsewhere:1' },
        ...{ takenAtMs: Date.now(), untilMs, state: 'taken', found: null },
      });
      await lambda.send(new TagResourceCommand({ Resource, Tags }));
      for (const args of [['--yes'], ['restore']]) {
        const { code, printed } = await command(...args);
        expect(code).toBe(1);
        expect(printed).toContain(
          'stage dev, account 000000000000, us-east-1: found it leased to run 20260131-142501-k3f9',
        );
        expect(printed).toContain(
          `by arn:aws:iam::1:user/ann (elsewhere:1), until ${new Date(untilMs).toISOString()}`,
        );
      }
      expect((await command('restore', '--force')).code).toBe(0);
      expect(await enforced(found)).toEqual(before);
    },
    LIMIT_MS,
  );
});
