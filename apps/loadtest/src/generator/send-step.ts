import type { ArrivalPattern } from '@spillway/capacity';
import { Alarm } from './alarm.ts';
import type { AnswerLog } from './answer-log.ts';
import { monotonicMs } from './clock.ts';
import { Connections } from './connections.ts';
import { entryFactory } from './entry.ts';
import type { GeneratorReport } from './generator-report.ts';
import { HostStallWatch } from './host-stalls.ts';
import { OpenLoop, type StepListener } from './open-loop.ts';
import { scheduleArrivals } from './pace.ts';
import { percentileOf, SelfMeasurement } from './self-measurement.ts';

/** One step, as it is asked for. */
export interface StepPlan {
  readonly name: string;
  readonly runId: string;
  readonly target: URL;
  readonly arrivals: ArrivalPattern;
  readonly warmUpMs: number;
  readonly holdMs: number;
  readonly payloadBytes: number;
  /** An answer later than this after its intended instant is a timeout. */
  readonly horizonMs: number;
  readonly socketCap: number;
}

export interface SentStep {
  readonly log: AnswerLog;
  readonly report: GeneratorReport;
}

/** How often overdue requests are looked for, ms: how much later than the horizon one may be given up. */
const SWEEP_MS = 20;

/**
 * Sends one step, open loop: every request at its intended instant, or at once when that has passed, whatever
 * became of the others. Ends when each has its ending.
 * @param signal aborted: no more requests; those in flight end as connection errors of type `interrupted`
 * @throws EntryTooSmallError before anything is sent
 */
export async function sendStep(
  plan: StepPlan,
  listener: StepListener,
  signal: AbortSignal,
): Promise<SentStep> {
  const schedule = scheduleArrivals(plan.arrivals, plan);
  const entryAt = entryFactory({ ...plan, stepName: plan.name, count: schedule.length });
  const connections = new Connections(plan.target, plan.socketCap);
  const [alarm, stallWatch] = await Promise.all([Alarm.open(schedule), HostStallWatch.start()]);
  const self = new SelfMeasurement(plan.warmUpMs, plan.warmUpMs + plan.holdMs);
  const startedAt = new Date().toISOString();
  const originMs = monotonicMs();
  const now = () => monotonicMs() - originMs;
  const { horizonMs } = plan;
  const loop = new OpenLoop({ schedule, horizonMs, connections, entryAt, listener, now });

  alarm.start(originMs, () => loop.sendDue());
  await new Promise<void>((resolve) => {
    const sweeper = setInterval(() => {
      self.at(now());
      loop.expire();
      if (signal.aborted) loop.interrupt();
      if (!loop.isOver) return;
      clearInterval(sweeper);
      resolve();
    }, SWEEP_MS);
  });
  const cost = self.end();
  await Promise.all([alarm.close(), connections.close()]);
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
