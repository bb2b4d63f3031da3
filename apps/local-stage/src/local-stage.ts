import { ControlServer } from './control/control-server.ts';
import { MetricsStore } from './control/metrics-store.ts';
import { recordEventLoopDelay } from './control/record-event-loop-delay.ts';
import type { AccountQuotas, StageControls } from './control/stage-controls.ts';
import type { EngineChoice } from './dynamodb/start-engine.ts';
import type { TableTreatment } from './dynamodb/table-treatment.ts';
import { systemClock } from './gateway/clock.ts';
import { loadModel } from './load-model.ts';
import { openLogFolder } from './log-folder.ts';
import { stagePreparation } from './prepare-stages.ts';
import { ShutdownList } from './shutdown-list.ts';
import { startAccessLogs } from './start-access-logs.ts';
import { startApis } from './start-apis.ts';
import { startFunctions } from './start-functions.ts';
import { startTables } from './start-tables.ts';
import { startWatch } from './start-watch.ts';
import type { GivenValues } from './template/read-template.ts';
import type { StageModel } from './template/stage-model.ts';
import type { WatchOptions } from './watch/watch-options.ts';

/** What to play, where, and with which limits beside the template's. */
export interface LocalStageOptions {
  readonly templateFile: string;
  /** Parameters and imports that the template has no value for. */
  readonly given: GivenValues;
  readonly region: string;
  /** Of the first API, the next APIs take the ports after it; 0 for any free ones. */
  readonly port: number;
  /** Of the AWS endpoint; 0 for any free one. */
  readonly controlPort: number;
  readonly engine: EngineChoice;
  readonly tableTreatment: TableTreatment;
  /** Ceiling of this machine, per function; never taken for one of Lambda's. */
  readonly maxEnvironments: number;
  readonly quotas: AccountQuotas;
  /** How late the AWS endpoint publishes metrics, ms. */
  readonly metricDelayMs: number;
  /** Keys that requests to methods with AWS_IAM may be signed with, beside `local` / `local`. */
  readonly credentialsFile?: string;
  /** Environments of each function that are started ahead of its requests. */
  readonly spares: number;
  /** Folder for what the functions print; without one it is dropped. */
  readonly logDirectory?: string;
  /** Null: what is played is what was there at the start. */
  readonly watch: WatchOptions | null;
  /** Takes one line on whatever the user should know. */
  readonly report: (line: string) => void;
}

/** A stage that answers. */
export interface LocalStage {
  /** Of each stage of each API: `http://127.0.0.1:<port>/<stage>`; at least one. */
  readonly baseUrls: readonly string[];
  /** For `AWS_ENDPOINT_URL`. */
  readonly awsEndpoint: string;
  readonly model: StageModel;
  /** Ends everything that was started, in the reverse order. */
  stop(): Promise<void>;
}

/**
 * Starts the parts in the order in which they need each other: table, functions, AWS endpoint, gateway.
 * @throws TemplateError, LogFolderError, PortError, CredentialsFileError, ReservationError, and the engine's errors; what was started by then is stopped
 */
export async function startLocalStage(options: LocalStageOptions): Promise<LocalStage> {
  const shutdown = new ShutdownList(options.report);
  try {
    const model = await loadModel(options, shutdown);
    if (options.logDirectory !== undefined) openLogFolder(options.logDirectory, model);
    return { ...(await startParts(model, options, shutdown)), model, stop: () => shutdown.run() };
  } catch (error) {
    await shutdown.run();
    throw error;
  }
}

async function startParts(
  model: StageModel,
  options: LocalStageOptions,
  shutdown: ShutdownList,
): Promise<Pick<LocalStage, 'baseUrls' | 'awsEndpoint'>> {
  const metrics = new MetricsStore(options.report);
  shutdown.add(recordEventLoopDelay(metrics));
  const tables = await startTables(model, metrics, options, shutdown);
  const functions = startFunctions(model, tables.functionEndpoint, metrics, options, shutdown);
  const openLog = startAccessLogs(options, shutdown);
  const prepareStages = stagePreparation({ functions: functions.byName, openLog, recorder: metrics });
  const stages = prepareStages(model);
  const origins = new Map<string, string>();
  const controls: StageControls = {
    model,
    quotas: options.quotas,
    metrics,
    metricDelayMs: options.metricDelayMs,
    ...stages,
    functions: functions.byName,
    origins,
    engineEndpoint: tables.engineEndpoint,
    nowMs: () => systemClock.monotonicMs(),
    startedAt: new Date(),
  };
  const control = new ControlServer(controls);
  const awsEndpoint = await control.listen(options.controlPort);
  shutdown.add(() => control.close());
  const apis = await startApis(model, stages, origins, options, shutdown);
  startWatch(model, apis.gate, options, shutdown, async () => {
    const next = await loadModel(options, shutdown, controls.model.notPlayed);
    await tables.replace(next);
    functions.replace(next);
    const nextStages = prepareStages(next);
    await apis.replace(next, nextStages);
    Object.assign(controls, { model: next, ...nextStages });
    return next;
  });
  return { baseUrls: stageUrls(model, origins), awsEndpoint };
}

function stageUrls(model: StageModel, origins: ReadonlyMap<string, string>): readonly string[] {
  return [...model.restStages, ...model.httpStages].map(({ apiId, stageName }) => {
    const origin = origins.get(apiId) ?? '';
    return stageName === '$default' ? origin : `${origin}/${stageName}`;
  });
}
