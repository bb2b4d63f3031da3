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
import type { StageModel } from './template/stage-model.ts';

/** Where DynamoDB is on this machine. */
export interface PlayedTables {
  /** The engine itself: what the AWS endpoint passes DynamoDB calls on to. */
  readonly engineEndpoint: string;
  /** What the functions are told: the engine itself too, unless something was asked for that stands before it. */
  readonly functionEndpoint: string;
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
  const engine = superviseIfOurs(await startEngine(options.engine), model, options);
  shutdown.add(() => engine.stop());
  await createTables(engine.endpoint, model.tables, model.region);
  const { isMetered, latency, faults, seed } = options.tableTreatment;
  if (!isMetered) {
    const limits = describeLimits(model.tables);
    if (limits.length > 0) options.report(`not played without --meter: ${limits.join('; ')}`);
    if (latency === null && faults.length === 0) {
      return { engineEndpoint: engine.endpoint, functionEndpoint: engine.endpoint };
    }
  }
  const arnPrefix = `arn:aws:dynamodb:${model.region}:${model.accountId}:table/`;
  const proxy = new TableProxy({
    engineEndpoint: engine.endpoint,
    meter: new Meter(model.tables, arnPrefix, isMetered ? metrics : { record: () => {} }, systemClock),
    isMetered,
    latency,
    faults,
    seed,
    clock: systemClock,
    onDefect: (error) => options.report(`a table call failed in the local stage: ${String(error)}`),
  });
  shutdown.add(() => proxy.close());
  return { engineEndpoint: engine.endpoint, functionEndpoint: await proxy.listen() };
}

/** An engine from outside is its owner's to start again. */
function superviseIfOurs(
  engine: DynamoDbEngine,
  model: StageModel,
  { engine: choice, report }: TablesOptions,
): DynamoDbEngine {
  if (engine.name === 'external') return engine;
  const port = Number(new URL(engine.endpoint).port);
  return superviseEngine(engine, {
    restart: () => startEngine({ ...choice, kind: engine.name }, { port, tables: model.tables }),
    isKept: choice.dataDirectory !== undefined,
    report,
  });
}
