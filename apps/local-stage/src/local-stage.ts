import { TokenBucket } from '@spillway/throttle';
import { ControlServer } from './control/control-server.ts';
import { MetricsStore } from './control/metrics-store.ts';
import { recordEventLoopDelay } from './control/record-event-loop-delay.ts';
import type { AccountQuotas, ControlledFunction } from './control/stage-controls.ts';
import { createTables } from './dynamodb/create-tables.ts';
import { startEngine } from './dynamodb/start-engine.ts';
import { systemClock } from './gateway/clock.ts';
import { HttpFront } from './gateway/front/http-front.ts';
import { RestGateway } from './gateway/rest/rest-gateway.ts';
import { prepareStage } from './gateway/rest/rest-route.ts';
import { AccountConcurrency } from './lambda/account-concurrency.ts';
import { FunctionPool } from './lambda/function-pool.ts';
import { playedFunction } from './played-function.ts';
import { readTemplate } from './template/read-template.ts';
import { buildStageModel, type StageModel } from './template/stage-model.ts';

/** What to play, where, and with which limits beside the template's. */
export interface LocalStageOptions {
  readonly templateFile: string;
  readonly region: string;
  /** Of the API; 0 for any free one. */
  readonly port: number;
  /** Of the AWS endpoint; 0 for any free one. */
  readonly controlPort: number;
  readonly engine: Parameters<typeof startEngine>[0];
  /** Ceiling of this machine, per function; never taken for one of Lambda's. */
  readonly maxEnvironments: number;
  readonly quotas: AccountQuotas;
  /** Folder for what the functions print; without one it is dropped. */
  readonly logDirectory?: string;
  /** Takes one line on whatever the user should know. */
  readonly report: (line: string) => void;
}

/** A stage that answers. */
export interface LocalStage {
  /** `http://127.0.0.1:<port>/<stage>` */
  readonly baseUrl: string;
  /** For `AWS_ENDPOINT_URL`. */
  readonly awsEndpoint: string;
  readonly model: StageModel;
  /** Ends everything that was started, in the reverse order. */
  stop(): Promise<void>;
}

/**
 * Starts the parts in the order in which they need each other: table, functions, AWS endpoint, gateway.
 * @throws TemplateError, PortError, ReservationError, and the engine's errors; what was started by then is stopped
 */
export async function startLocalStage(options: LocalStageOptions): Promise<LocalStage> {
  const model = buildStageModel(await readTemplate(options.templateFile), options.region);
  if (model.notPlayed.length > 0) options.report(`not played: ${model.notPlayed.join(', ')}`);
  const started: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    // A part that fails to stop must not keep the others from it.
    for (const stopPart of started.splice(0).reverse()) {
      await stopPart().catch((error: unknown) => options.report(`a part did not stop: ${String(error)}`));
    }
  };
  try {
    return { ...(await startParts(model, options, started)), model, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(
  model: StageModel,
  options: LocalStageOptions,
  started: (() => Promise<void>)[],
): Promise<Pick<LocalStage, 'baseUrl' | 'awsEndpoint'>> {
  const { quotas, report } = options;
  const engine = await startEngine(options.engine);
  started.push(() => engine.stop());
  engine.onUnexpectedExit((reason) => report(`the DynamoDB engine ${engine.name} ended: ${reason}`));
  await createTables(engine.endpoint, model.tables, model.region);

  const metrics = new MetricsStore();
  started.push(recordEventLoopDelay(metrics));
  const account = new AccountConcurrency(quotas.concurrency);
  const functions = new Map<string, ControlledFunction & { readonly pool: FunctionPool }>();
  for (const fn of model.functions) {
    const host = {
      maxEnvironments: options.maxEnvironments,
      onCeilingReached: () =>
        report(
          `${fn.name}: all ${options.maxEnvironments} environments of this machine are busy, requests wait; ` +
            'that is this host, not Lambda (--max-environments)',
        ),
    };
    const pool = new FunctionPool(playedFunction(fn, engine.endpoint, options), host, account, metrics);
    started.push(() => pool.close());
    functions.set(fn.name, { model: fn, pool });
  }

  const nowMs = systemClock.monotonicMs();
  const pools = new Map([...functions].map(([name, { pool }]) => [name, pool]));
  const stages = new Map(
    model.restStages.map((stage) => [stage.stageName, prepareStage(stage, pools, nowMs)]),
  );
  let origin = '';
  const control = new ControlServer({
    model,
    quotas,
    metrics,
    stages,
    functions,
    origin: () => origin,
    engineEndpoint: engine.endpoint,
    nowMs: () => systemClock.monotonicMs(),
    startedAt: new Date(),
  });
  const awsEndpoint = await control.listen(options.controlPort);
  started.push(() => control.close());

  const gateway = new RestGateway({
    stages,
    accountBucket: new TokenBucket(quotas, nowMs),
    accountId: model.accountId,
    recorder: metrics,
    clock: systemClock,
  });
  const front = new HttpFront(gateway, (error) =>
    report(`a request failed in the local stage: ${String(error)}`),
  );
  origin = await front.listen(options.port);
  started.push(() => front.close());
  return { baseUrl: `${origin}/${model.restStages[0]?.stageName ?? ''}`, awsEndpoint };
}
