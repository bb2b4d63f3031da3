import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  FEW_CONNECTIONS,
  FLOOD_ARRIVALS,
  MANY_CONNECTIONS,
  PROBE_PER_SECOND,
  type BenchPlan,
} from './bench-plan.ts';
import type { ContestantRun, LoadFigures } from './contestant-run.ts';
import type { Contestant, StartCommand } from './contestants/contestant.ts';
import { createEntriesTable } from './engine/entries-table.ts';
import { startEngine, type Engine } from './engine/start-engine.ts';
import { untilFirstAnswer } from './first-answer.ts';
import type { DeployedHandler } from './deployed-handler.ts';
import type { LoadProcess } from './load/load-process.ts';
import { MeasuredLoad } from './measured-load.ts';
import { startGroup, type ChildGroup } from './process/child-group.ts';
import { freePort } from './process/free-port.ts';
import { makeScratch, removeScratch } from './scratch-directory.ts';

/** Lets a contestant come to rest between two loads, ms. */
const REST_MS = 500;

/** A peer this many times too slow for a rate would only queue for minutes; that rate is left out. */
const HOPELESS = 4;

/** What a run is made with; the same for every contestant. */
export interface BenchSetting {
  readonly plan: BenchPlan;
  readonly environments: number;
  readonly handler: DeployedHandler;
  readonly load: LoadProcess;
}

/** A contestant that answers, with an engine of its own. */
export interface Started {
  readonly command: StartCommand;
  readonly group: ChildGroup;
  readonly engine: Engine;
  readonly measured: MeasuredLoad;
  readonly firstAnswerMs: number;
}

/** Starts it, lets it answer, and gives it to `work`; afterwards all of it is gone. */
export async function withContestant<T>(
  contestant: Contestant,
  { handler, load, environments }: Omit<BenchSetting, 'plan'>,
  work: (started: Started) => Promise<T>,
): Promise<T> {
  const directory = makeScratch();
  const engine = await startEngine(directory);
  let group: ChildGroup | null = null;
  try {
    if (!contestant.makesTable) await createEntriesTable(engine.endpoint);
    const place = {
      directory,
      ...handler,
      engineEndpoint: engine.endpoint,
      port: await freePort(),
      environments,
    };
    const command = await contestant.command(place);
    const startMs = performance.now();
    group = startGroup({
      ...command,
      command: process.execPath,
      logFile: join(directory, 'contestant.log'),
    });
    const first = await untilFirstAnswer(command.url, group);
    const measured = new MeasuredLoad(load, group.pid, engine);
    measured.add(first.sent);
    await command.prepare?.();
    return await work({ command, group, engine, measured, firstAnswerMs: first.atMs - startMs });
  } finally {
    await group?.stop();
    await engine.stop();
    removeScratch(directory);
  }
}

/** All loads on one contestant, in the order of the plan. */
export async function measureContestant(
  contestant: Contestant,
  setting: BenchSetting,
  round: number,
): Promise<ContestantRun> {
  return withContestant(contestant, setting, async ({ command, measured, firstAnswerMs }) => {
    const { loadMs, warmUpMs, openRatesPerSecond } = setting.plan;
    const { url } = command;
    const closed = async (connections: number, durationMs: number, watch?: 'memory') => {
      const { figures } = await measured.run({ kind: 'closed', url, connections, durationMs }, watch);
      await sleep(REST_MS);
      return figures;
    };
    await closed(MANY_CONNECTIONS, warmUpMs, 'memory');
    const many = await closed(MANY_CONNECTIONS, loadMs);
    const few = await closed(FEW_CONNECTIONS, loadMs);
    const open: Record<number, LoadFigures> = {};
    for (const ratePerSecond of openRatesPerSecond) {
      if (contestant.isPeer && many.perSecond * HOPELESS < ratePerSecond) continue;
      const { figures } = await measured.run({ kind: 'open', url, ratePerSecond, durationMs: loadMs });
      open[ratePerSecond] = figures;
      await sleep(REST_MS);
    }
    const flood = await floodOf(measured, url, setting.plan);
    return {
      name: contestant.name,
      version: contestant.version,
      round,
      firstAnswerMs,
      many,
      few,
      open,
      flood,
      peakMemoryBytes: measured.peakMemoryBytes,
      audit: await measured.audit(),
    };
  });
}

/** The flood alone, after a warm-up. */
export async function measureFlood(
  contestant: Contestant,
  setting: BenchSetting,
  round: number,
): Promise<ContestantRun> {
  return withContestant(contestant, setting, async ({ command: { url }, measured, firstAnswerMs }) => {
    const durationMs = setting.plan.warmUpMs;
    await measured.run({ kind: 'closed', url, connections: MANY_CONNECTIONS, durationMs }, 'memory');
    await sleep(REST_MS);
    const flood = await floodOf(measured, url, setting.plan);
    const { name, version } = contestant;
    const none = { many: null, few: null, open: {} };
    const { peakMemoryBytes } = measured;
    const audit = await measured.audit();
    return { name, version, round, firstAnswerMs, ...none, flood, peakMemoryBytes, audit };
  });
}

async function floodOf(measured: MeasuredLoad, url: string, { calmMs, watchMs }: BenchPlan) {
  const { flood } = await measured.run({
    kind: 'flood',
    url,
    arrivals: FLOOD_ARRIVALS,
    probePerSecond: PROBE_PER_SECOND,
    calmMs,
    watchMs,
  });
  return flood ?? null;
}
