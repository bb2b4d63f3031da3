import { runRecordSchema } from '@spillway/capacity';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureStage } from '../src/measure-stage.ts';
import { preflight } from '../src/preflight.ts';
import { readDeployment } from '../src/read-deployment.ts';
import { finishRun } from '../src/run-draft.ts';
import { startLocalStage, type LocalStageProcess } from '../src/stage/local-stage-process.ts';
import { connectStage } from '../src/stage/stage-connection.ts';
import { readLimits } from '../src/stage/stage-limits.ts';
import { INFRA, ROOT, shortRun } from './short-run.ts';

const LIMIT_MS = 300_000;

let local: LocalStageProcess;
let results: string;
beforeAll(async () => {
  results = mkdtempSync(join(tmpdir(), 'spillway-sweeps-'));
  local = await startLocalStage(join(ROOT, 'apps/local-stage/src/main.ts'), ['--engine=auto', '--meter']);
}, LIMIT_MS);
afterAll(async () => {
  await local.stop();
  rmSync(results, { recursive: true });
});

it(
  'a run that is stopped in its memory sweep keeps what it found, and puts limits and memory back',
  async () => {
    const stage = await connectStage(local.address);
    const deployed = await readLimits(stage);
    const memorySizes: number[] = [];
    stage.lambda.middlewareStack.add(
      (next) => (call) => {
        const { MemorySize } = call.input as { MemorySize?: number };
        if (MemorySize !== undefined) memorySizes.push(MemorySize);
        return next(call);
      },
      { step: 'initialize' },
    );
    const stop = new AbortController();
    const printed: string[] = [];
    const context = shortRun('sweeps', stage, {
      ...{ sweeps: ['payload', 'memory'], signal: stop.signal, resultsFolder: results },
      line: (text) => {
        printed.push(text);
        if (/^ +memory-sweep-01/.test(text)) stop.abort(new Error('enough'));
      },
    });
    const deployment = await readDeployment(INFRA, 'local');
    const at = new Date();
    const draft = await preflight(context, { stage: 'local', profile: 'quick', at }, deployment);

    const measured = await measureStage(context, draft, deployment).then(
      () => 'went to its end',
      (error: Error) => error.message,
    );

    expect([measured, printed.join('\n')]).toEqual([expect.stringMatching(/was stopped/), expect.anything()]);
    // Largest first; the one after it was set when the run was stopped.
    expect(memorySizes.slice(-3)).toEqual([4096, 2048, deployed.memorySize]);
    expect(await readLimits(stage)).toEqual(deployed);
    const stopped = { status: 'interrupted', stoppedBy: measured, at: new Date() } as const;
    const run = runRecordSchema.parse(finishRun(draft, context, stopped));

    const [own, larger] = run.sweeps?.payload?.points ?? [];
    expect(own).toMatchObject({ payloadBytes: 1024, lowerPerSecond: run.estimate?.lowerPerSecond });
    // An item of 4 KB and its names takes 4 or 5 units; the rule says which (F43), and the table agrees.
    expect(larger).toMatchObject({ payloadBytes: 4096, measuredWriteUnits: larger?.writeUnits });
    expect(run.sweeps?.memory).toMatchObject({
      points: [{ memorySize: 4096 }],
      reasons: expect.arrayContaining([
        '2048 MB was not measured',
        expect.stringMatching(/on a local stage memory is a ceiling alone/),
      ]) as string[],
    });
    const ofMemory = run.steps.filter(({ record }) => record.purpose === 'memory-sweep');
    expect(ofMemory.map(({ record }) => record.memorySize)).toEqual([4096]);

    expect(run.usl).not.toBeNull();
    const total = (pick: 'gatewayRequests' | 'consumedWriteUnits'): number =>
      (run.timeline?.points ?? []).reduce((sum, point) => sum + (point[pick] ?? NaN), 0);
    expect(run.audit).toMatchObject({ lost: 0, neverSent: 0 });
    expect(total('gatewayRequests')).toBeGreaterThanOrEqual(run.audit?.acknowledged ?? Infinity);
    expect(total('consumedWriteUnits')).toBeGreaterThan(total('gatewayRequests'));
  },
  LIMIT_MS,
);
