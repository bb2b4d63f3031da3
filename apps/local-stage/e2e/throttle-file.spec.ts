import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TokenBucket } from '@spillway/throttle';
import { startStageProcess, type StageProcess } from './stage-process.ts';

const LIMITS = { rateLimit: 50, burstLimit: 10 };
const INFRA = join(__dirname, '../../infra');

/** Longest time between two sends for which the arrivals still count as 100 requests/s. */
const HOST_STALL_MS = 100;

let folder: string;
let stage: StageProcess;

/** The throttle file of the local stage with other limits, synthesized as `npx nx synth infra` does. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'spillway-throttle-'));
  cpSync(join(INFRA, 'config'), folder, { recursive: true });
  const file = join(folder, 'throttle.local.json');
  const config = JSON.parse(readFileSync(file, 'utf8')) as { limits: Record<string, number> };
  writeFileSync(file, JSON.stringify({ ...config, limits: { ...config.limits, ...LIMITS } }));
  const outdir = join(folder, 'cdk.out');
  const synth = spawnSync(process.execPath, [join(INFRA, 'src/main.ts')], {
    env: { ...process.env, CDK_OUTDIR: outdir, SPILLWAY_THROTTLE_DIR: folder },
    encoding: 'utf8',
  });
  if (synth.status !== 0) throw new Error(`synth failed: ${synth.stderr}`);
  stage = await startStageProcess(`--template=${join(outdir, 'Spillway-local.template.json')}`);
});

afterAll(async () => {
  await stage?.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Flood {
  readonly admitted: number;
  readonly refusals: readonly string[];
  readonly spanSeconds: number;
  /** What an ideal bucket admits of these very arrivals. */
  readonly ideal: number;
  readonly longestGapMs: number;
}

/** 100 requests/s for 10 s, sent when they are due and not when the last was answered. */
async function flood(): Promise<Flood> {
  const sentAtMs: number[] = [];
  const answers: Promise<{ status: number; body: string }>[] = [];
  const startMs = performance.now();
  for (let sent = 0; sent < 1000; sent += 1) {
    await sleep(Math.max(0, startMs + sent * 10 - performance.now()));
    sentAtMs.push(performance.now());
    const body = JSON.stringify({ id: `flood-${sent}`, title: 'flood', year: 2023 });
    answers.push(
      fetch(stage.baseUrl, { method: 'POST', body }).then(async (response) => ({
        status: response.status,
        body: `${response.headers.get('x-amzn-errortype')} ${await response.text()}`,
      })),
    );
  }
  const answered = await Promise.all(answers);
  const first = sentAtMs[0]!;
  const bucket = new TokenBucket(LIMITS, first);
  return {
    admitted: answered.filter(({ status }) => status === 200).length,
    refusals: answered.filter(({ status }) => status !== 200).map(({ status, body }) => `${status} ${body}`),
    spanSeconds: (sentAtMs.at(-1)! - first) / 1000,
    ideal: sentAtMs.filter((sendMs) => bucket.admit(sendMs) === 'admitted').length,
    longestGapMs: Math.max(...sentAtMs.slice(1).map((sendMs, index) => sendMs - sentAtMs[index]!)),
  };
}

describe('rate 50 and burst 10 in the throttle file', () => {
  it('admit 10 + 50·t of 100 requests/s, ±2 %, and refuse the rest as F10 says', async () => {
    let result = await flood();
    // While the host stands still nobody arrives, a bucket of 10 is full after 0.2 s, and the formula,
    // which assumes that somebody always waits, does not apply: such a run is repeated.
    for (let repeat = 0; repeat < 3 && result.longestGapMs > HOST_STALL_MS; repeat += 1) {
      await sleep(500);
      result = await flood();
    }
    const { admitted, refusals, spanSeconds, ideal } = result;
    const expected = LIMITS.burstLimit + LIMITS.rateLimit * spanSeconds;
    expect(Math.abs(admitted / expected - 1)).toBeLessThanOrEqual(0.02);
    expect(Math.abs(admitted / ideal - 1)).toBeLessThanOrEqual(0.02);
    expect(admitted + refusals.length).toBe(1000);
    expect(new Set(refusals)).toEqual(
      new Set(['429 TooManyRequestsException {"message":"Too Many Requests"}']),
    );
  }, 120_000);
});
