import type { AnswerLog } from './answer-log.ts';
import { monotonicMs, monotonicOf } from './clock.ts';
import { Connections } from './connections.ts';
import { entryFactory } from './entry.ts';
import type { GeneratorReport } from './generator-report.ts';
import { HostStallWatch } from './host-stalls.ts';
import { OpenLoop, type StepListener } from './open-loop.ts';
import { openWake } from './open-wake.ts';
import { scheduleArrivals, type StepArrivals } from './pace.ts';
import type { PayloadSize } from './payload-size.ts';
import { percentileOf, SelfMeasurement } from './self-measurement.ts';
import { sequenceOf, shareOf, WHOLE, type Shard } from './shards/shard.ts';
import type { TargetAccess } from './target-access.ts';

/** One step, as it is asked for. */
export interface StepPlan {
  readonly name: string;
  readonly runId: string;
  readonly target: URL;
  readonly arrivals: StepArrivals;
  readonly warmUpMs: number;
  readonly holdMs: number;
  readonly payloadBytes: PayloadSize;
  /** An answer later than this after its intended instant is a timeout. */
  readonly horizonMs: number;
  readonly socketCap: number;
  /** By default an open one. */
  readonly access?: TargetAccess;
  /** Makes the bodies of these requests, before the step; by default Spillway's own are made as they are due. */
  readonly makeEntries?: (sequences: readonly number[]) => Promise<readonly string[]>;
}

/** A share of a step that others send the rest of. */
export interface SharedStart {
  readonly shard: Shard;
  /** Called when all is set up; resolves with the instant at which all start, ms since the epoch. */
  agree(): Promise<number>;
}

export interface SentStep {
  readonly log: AnswerLog;
  readonly report: GeneratorReport;
}

/** How often overdue requests are looked for, ms: how much later than the horizon one may be given up. */
const SWEEP_MS = 20;

/** So few that after a standstill the answers that have come meanwhile free their connections for the next. */
const SENT_A_TURN = 16;

/**
 * Sends one step, open loop: every request at its intended instant, or at once when that has passed, whatever
 * became of the others. Ends when each has its ending.
 * @param signal aborted: no more requests; those in flight end as connection errors of type `interrupted`
 * @param shared set: only this share of the requests, from the instant agreed with those who send the others
 * @throws EntryTooSmallError, EntryTooLargeError before anything is sent; what `shared.agree` throws, and then nothing was sent
 */
export async function sendStep(
  plan: StepPlan,
  listener: StepListener,
  signal: AbortSignal,
  shared?: SharedStart,
): Promise<SentStep> {
  const all = scheduleArrivals(plan.arrivals, plan);
  const shard = shared?.shard ?? WHOLE;
  const schedule = shareOf(all, shard);
  const entryAt = await entriesOf(plan, schedule.length, shard, all.length);
  const connections = new Connections(plan.target, plan.socketCap, plan.horizonMs, plan.access);
  const [wake, stallWatch] = await Promise.all([openWake(schedule), HostStallWatch.start()]);
  const close = () => Promise.all([wake.close(), connections.close()]);
  const agreedMs = await shared?.agree().catch(async (error: unknown) => {
    await Promise.all([close(), stallWatch.stop(0)]);
    throw error;
  });
  const startedAt = new Date(agreedMs ?? Date.now()).toISOString();
  const originMs = agreedMs === undefined ? monotonicMs() : monotonicOf(agreedMs);
  const self = new SelfMeasurement(plan.warmUpMs, plan.warmUpMs + plan.holdMs);
  const now = () => monotonicMs() - originMs;
  const { horizonMs } = plan;
  // A burst is meant to come all at once.
  const sentATurn = plan.arrivals.kind === 'burst' ? Infinity : SENT_A_TURN;
  const loop = new OpenLoop({ schedule, horizonMs, connections, entryAt, listener, now, sentATurn });

  const interrupt = () => loop.interrupt();
  signal.addEventListener('abort', interrupt);
  if (signal.aborted) interrupt();
  wake.start(originMs, () => loop.sendDue());
  await new Promise<void>((resolve) => {
    const sweeper = setInterval(() => {
      self.at(now());
      loop.expire();
      if (!loop.isOver) return;
      clearInterval(sweeper);
      resolve();
    }, SWEEP_MS);
  });
  signal.removeEventListener('abort', interrupt);
  const cost = self.end();
  await close();
  const stalls = await stallWatch.stop(originMs);

  const { log } = loop;
  const judgedFrom = schedule.findIndex((instantMs) => instantMs >= plan.warmUpMs);
  const judgedLateness = judgedFrom < 0 ? [] : log.latenessMs.subarray(judgedFrom, log.sent);
  const report: GeneratorReport = {
    startedAt,
    intended: schedule.length,
    sent: log.sent,
    interrupted: log.sent < schedule.length,
    counts: log.counts(),
    inFlightMax: log.inFlightMax,
    generator: {
      latenessP99Ms: Math.max(0, percentileOf(judgedLateness, 0.99)),
      eventLoopDelayP99Ms: cost.eventLoopDelayP99Ms,
      cpuRatio: cost.cpuRatio,
      socketsMax: connections.socketsMax,
      socketCapHit: connections.capHit,
    },
    host: { busyRatio: cost.busyRatio, stalls },
  };
  return { log, report };
}

/** The bodies of a share's requests, by row. */
async function entriesOf(
  plan: StepPlan,
  rows: number,
  shard: Shard,
  count: number,
): Promise<(row: number) => string> {
  if (plan.makeEntries === undefined) {
    const entryOf = entryFactory({ ...plan, stepName: plan.name, count });
    return (row) => entryOf(sequenceOf(row, shard));
  }
  const made = await plan.makeEntries(Array.from({ length: rows }, (_, row) => sequenceOf(row, shard)));
  return (row) => made[row] as string;
}
