import { fileURLToPath } from 'node:url';
import { FEW_CONNECTIONS, MANY_CONNECTIONS } from './bench-plan.ts';
import type { ContestantRun } from './contestant-run.ts';
import { handlerVariables } from './contestants/handler-variables.ts';
import { LIMIT } from './contestants/roster.ts';
import { createEntriesTable } from './engine/entries-table.ts';
import { startEngine } from './engine/start-engine.ts';
import { startLoadProcess } from './load/load-process.ts';
import type { BenchSetting } from './measure-contestant.ts';
import { MeasuredLoad } from './measured-load.ts';
import { childEnvironment } from './process/child-environment.ts';
import { makeScratch, removeScratch } from './scratch-directory.ts';

const MAIN = fileURLToPath(new URL('./contestants/limit-main.ts', import.meta.url));

/** The closed loops on the handler itself: its process is load and contestant at once. */
export async function measureLimit(setting: BenchSetting, round: number): Promise<ContestantRun> {
  const directory = makeScratch();
  const engine = await startEngine(directory);
  try {
    await createEntriesTable(engine.endpoint);
    const env = childEnvironment(handlerVariables(engine.endpoint));
    const process = startLoadProcess({
      main: MAIN,
      env,
      args: [setting.handler.handlerFile],
      isContestant: true,
    });
    try {
      const measured = new MeasuredLoad(process, process.pid, engine);
      const closed = async (connections: number, durationMs: number, watch?: 'memory') => {
        const { figures } = await measured.run(
          { kind: 'closed', url: LIMIT, connections, durationMs },
          watch,
        );
        return figures;
      };
      const { loadMs, warmUpMs } = setting.plan;
      await closed(MANY_CONNECTIONS, warmUpMs, 'memory');
      const many = await closed(MANY_CONNECTIONS, loadMs);
      const few = await closed(FEW_CONNECTIONS, loadMs);
      const { peakMemoryBytes } = measured;
      const audit = await measured.audit();
      const none = { firstAnswerMs: null, open: {}, flood: null };
      return { name: LIMIT, version: 'handler alone', round, many, few, ...none, peakMemoryBytes, audit };
    } finally {
      await process.stop();
    }
  } finally {
    await engine.stop();
    removeScratch(directory);
  }
}
