import { limitsSchema, type BucketLimits, type Limits } from '@spillway/throttle';
import { attemptAll, tellAll } from '../attempt-all.ts';
import { restoreHint } from './restore-hint.ts';
import type { StageConnection } from './stage-connection.ts';

/** The parts of a stage that enforce its limits. */
export type LimitedStage = Pick<StageConnection, 'stackName' | 'gateway' | 'ingestFunction'>;

/** Reads what the stage enforces now, from the services that enforce it. */
export async function readLimits(stage: LimitedStage): Promise<Limits> {
  const { gateway, ingestFunction } = stage;
  const [throttle, settings, reservedConcurrency] = await Promise.all([
    gateway.readThrottle(),
    ingestFunction.readSettings(),
    ingestFunction.readReserved(),
  ]);
  const found = {
    ...throttle,
    reservedConcurrency,
    memorySize: settings.MemorySize,
    timeoutSeconds: settings.Timeout,
  };
  const parsed = limitsSchema.safeParse(found);
  if (parsed.success) return parsed.data;
  throw new LimitsUnreadableError(stage.stackName, found, parsed.error);
}

/** A stage whose limits are not all set, such as one that an interrupted run left open. */
export class LimitsUnreadableError extends Error {
  readonly code = 'LIMITS_UNREADABLE';
  readonly stackName: string;

  constructor(stackName: string, found: object, cause: unknown) {
    super(
      `stack ${stackName}: found limits ${JSON.stringify(found)}, want a throttle on every route, reserved ` +
        `concurrency and a timeout within 29 s; ${restoreHint(stackName)}`,
      { cause },
    );
    this.name = 'LimitsUnreadableError';
    this.stackName = stackName;
  }
}

/**
 * Opens the stage up to the account's own limits, so that a test finds the system and not its throttle
 * (method, section 0): stage throttle at the account's, no reserved concurrency.
 */
export async function liftLimits(stage: LimitedStage, account: BucketLimits): Promise<void> {
  await stage.ingestFunction.prepare();
  await stage.gateway.setThrottle(account);
  await stage.ingestFunction.release();
}

/** Makes the stage enforce these limits, and the function have this memory. */
export async function applyLimits(stage: LimitedStage, limits: Limits): Promise<void> {
  await stage.gateway.setThrottle(limits);
  await stage.ingestFunction.reserve(limits.reservedConcurrency);
  await stage.ingestFunction.configure(settingsOf(limits));
}

function settingsOf({ timeoutSeconds: Timeout, memorySize: MemorySize }: Limits) {
  return { Timeout, MemorySize };
}

/** Lifted limits that could not all be put back: the stage is open until somebody does. */
export class LimitsNotRestoredError extends Error {
  readonly code = 'LIMITS_NOT_RESTORED';
  readonly stackName: string;

  /** @param reasons one for each part that could not be put back */
  constructor(stackName: string, limits: Limits, reasons: readonly unknown[]) {
    super(
      `stack ${stackName} was left without all of its limits (${tellAll(reasons)}); want ${JSON.stringify(limits)}: ` +
        restoreHint(stackName),
      { cause: new AggregateError(reasons) },
    );
    this.name = 'LimitsNotRestoredError';
    this.stackName = stackName;
  }
}

/** Puts back the limits found before the run, each of them whether or not another could be. @throws LimitsNotRestoredError */
export async function restoreLimits(stage: LimitedStage, limits: Limits): Promise<void> {
  const [ofGateway, ofFunction] = await Promise.all([
    attemptAll([() => stage.gateway.setThrottle(limits)]),
    stage.ingestFunction.restore({ ...settingsOf(limits), reserved: limits.reservedConcurrency }),
  ]);
  const reasons = [...ofGateway, ...ofFunction];
  if (reasons.length > 0) throw new LimitsNotRestoredError(stage.stackName, limits, reasons);
}
