import type { MetricsRecorder } from './control/metrics-recorder.ts';
import { createTables } from './dynamodb/create-tables.ts';
import type { DynamoDbEngine } from './dynamodb/engine.ts';
import { describeLimits } from './dynamodb/meter/describe-limits.ts';
import { Meter } from './dynamodb/meter/meter.ts';
import { startEngine } from './dynamodb/start-engine.ts';
import { superviseEngine } from './dynamodb/supervise-engine.ts';
import { TableProxy } from './dynamodb/table-proxy.ts';
import { systemClock } from './gateway/clock.ts';
import type { LocalStageOptions } from './local-stage.ts';
import type { ShutdownList } from './shutdown-list.ts';
import { partitionOf } from './template/intrinsics/partition.ts';
import type { StageModel } from './template/stage-model.ts';

/** Where DynamoDB is on this machine. */
export interface PlayedTables {
  /** The engine itself: what the AWS endpoint passes DynamoDB calls on to. */
  readonly engineEndpoint: string;
  /** What the functions are told: the engine itself too, unless something was asked for that stands before it. */
  readonly functionEndpoint: string;
  /**
   * Creates the tables that are new in another template; from now on its tables are metered, and there again when the
   * engine ends.
   */
  replace(model: StageModel): Promise<void>;
}

/** What of the stage's options is about tables. */
export type TablesOptions = Pick<LocalStageOptions, 'engine' | 'tableTreatment' | 'report'>;

/**
 * Starts the engine, creates the template's tables in it, and puts the meter and the faults before it that were asked
 * for.
 * @throws {EngineError}
 */
export async function startTables(
  model: StageModel,
  metrics: MetricsRecorder,
  options: TablesOptions,
  shutdown: ShutdownList,
): Promise<PlayedTables> {
  let { tables } = model;
  const engine = superviseIfOurs(await startEngine(options.engine), () => tables, options);
  shutdown.add(() => engine.stop());
  await createTables(engine.endpoint, model.tables, model.region);
  let meter: Meter | null = null;
  const replace = async (next: StageModel): Promise<void> => {
    await createTables(engine.endpoint, next.tables, next.region);
    tables = next.tables;
    meter?.replace(tables);
  };
  const { isMetered, latency, faults, seed } = options.tableTreatment;
  if (!isMetered) {
    const limits = describeLimits(model.tables);
    if (limits.length > 0) options.report(`not played without --meter: ${limits.join('; ')}`);
    if (latency === null && faults.length === 0) {
      return { engineEndpoint: engine.endpoint, functionEndpoint: engine.endpoint, replace };
    }
  }
  const arnPrefix = `arn:${partitionOf(model.region).name}:dynamodb:${model.region}:${model.accountId}:table/`;
  meter = new Meter(model.tables, arnPrefix, isMetered ? metrics : { record: () => {} }, systemClock);
  const proxy = new TableProxy({
    engineEndpoint: engine.endpoint,
    meter,
    isMetered,
    latency,
    faults,
    seed,
    clock: systemClock,
    onDefect: (error) => options.report(`a table call failed in the local stage: ${String(error)}`),
  });
  shutdown.add(() => proxy.close());
  return { engineEndpoint: engine.endpoint, functionEndpoint: await proxy.listen(), replace };
}

/** An engine from outside is its owner's to start again. */
function superviseIfOurs(
  engine: DynamoDbEngine,
  tables: () => StageModel['tables'],
  { engine: choice, report }: TablesOptions,
): DynamoDbEngine {
  if (engine.name === 'external') return engine;
  const port = Number(new URL(engine.endpoint).port);
  return superviseEngine(engine, {
    restart: () => startEngine({ ...choice, kind: engine.name }, { port, tables: tables() }),
    isKept: choice.dataDirectory !== undefined,
    report,
  });
}
