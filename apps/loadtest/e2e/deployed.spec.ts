import { parseThrottleConfig } from '@spillway/throttle';
import { runRecordSchema } from '@spillway/capacity';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { enforced, startDeployedStage, store, storedIds, type DeployedStage } from './deployed-stage.ts';

const LIMIT_MS = 400_000;
/** Tries of a run that this machine, not the stage, spoilt. */
const TRIES = 3;
const SPOILT = /against a null server, want|INCONCLUSIVE|NOT verified|inconclusive|was not calibrated/;

let stage: DeployedStage;
beforeAll(async () => {
  stage = await startDeployedStage({ auth: 'iam' }, ['--metric-delay=3s']);
}, LIMIT_MS);
afterAll(() => stage.stop());

/** A run to its end: exit code and what it printed. */
async function runToEnd(): Promise<{ readonly code: number | string; readonly printed: string }> {
  for (let tried = 1; ; tried += 1) {
    const running = stage.loadtest('--yes', '--metric-wait=60');
    const code = await running.ended();
    if (code === 0 || tried === TRIES || !SPOILT.test(running.printed()))
      return { code, printed: running.printed() };
  }
}

const throttleFile = () => readFileSync(join(stage.folder, 'config/throttle.dev.json'), 'utf8');

describe('nx run loadtest --stage=dev', () => {
  it(
    'finds limits, leaves no trace, and verifies them once they are deployed: all through AWS’s own endpoints',
    async () => {
      const found = await stage.find();
      const before = await enforced(found);
      const others = ['somebody-else', 'loadtest.20200101-000000-aaaa.discovery-01.0'];
      for (const id of others) await store(found, id);

      const proposing = await runToEnd();
      expect(proposing.code === 0 ? '' : proposing.printed).toBe('');
      expect(proposing.printed).toMatch(
        /^Load +stage dev, account 000000000000, us-east-1: at most [\d,]+ requests in about \d+ minutes, less than \$1/m,
      );
      expect(proposing.printed).toMatch(/^Others +0\.0 requests\/s by others/m);
      expect(proposing.printed).toMatch(/^Access +requests go out signed for us-east-1$/m);
      expect(proposing.printed).toMatch(/^Clean-up +\d+ entries of the run removed$/m);
      expect(proposing.printed).toMatch(/Next +npx nx run throttle update --stage=dev/);
      expect(await enforced(found)).toEqual(before);
      expect([...(await storedIds(found))].sort()).toEqual([...others].sort());

      const [, runFile = ''] = /^Results +(\S+)$/m.exec(proposing.printed) ?? [];
      const run = runRecordSchema.parse(
        JSON.parse(readFileSync(join(__dirname, '../../..', runFile), 'utf8')),
      );
      expect(run).toMatchObject({ stage: 'dev', place: { accountId: '000000000000' }, audit: { lost: 0 } });
      // Published 3 s late, and yet whole.
      const requests = (run.timeline?.points ?? []).reduce(
        (sum, point) => sum + (point.gatewayRequests ?? 0),
        0,
      );
      expect(requests).toBeGreaterThanOrEqual(run.audit?.acknowledged ?? Infinity);
      const units = (run.timeline?.points ?? []).reduce(
        (sum, point) => sum + (point.consumedWriteUnits ?? 0),
        0,
      );
      expect(units).toBeGreaterThanOrEqual(run.audit?.acknowledged ?? Infinity);

      const folders = ['results', 'config-dir=config', 'cdk-out=cdk.out'].map((option) => {
        const [name = '', folder = name] = option.split('=');
        return `--${name}=${join(stage.folder, folder)}`;
      });
      const update = stage.run('tools/throttle/src/main.ts', 'update', '--stage=dev', ...folders);
      expect(update).toMatchObject({ status: 0 });
      const { limits, evidence } = parseThrottleConfig(throttleFile(), 'throttle.dev.json');
      expect([evidence.kind, limits]).toEqual(['measured', run.recommendation?.limits]);

      const plan = stage.run('apps/infra/src/preflight/main.ts', '--stage=dev');
      expect(plan.output).toContain('Stage    dev, account 000000000000, us-east-1, stack Spillway-dev');
      expect(plan.output).toContain(`${limits.rateLimit}/s, burst ${limits.burstLimit}`);

      await stage.deploy();
      expect((await enforced(await stage.find())).limits).toEqual(limits);
      const verifying = await runToEnd();
      expect(verifying.printed).toContain(
        'Verdict         verified: throttle.dev.json holds on what is deployed',
      );
      expect(verifying.code).toBe(0);
      expect((await enforced(await stage.find())).limits).toEqual(limits);
    },
    LIMIT_MS,
  );

  it('refuses before it asks anything of AWS where the configuration says so', async () => {
    const other = stage.run(
      'apps/loadtest/src/main.ts',
      ...['--stage=prod', '--yes', '--results=/tmp/spillway-none'],
    );
    expect(other).toEqual({
      status: 1,
      output: expect.stringMatching(
        /^loadtest: stage prod: its configuration refuses load tests, .*\n$/,
      ) as string,
    });
  });
});
