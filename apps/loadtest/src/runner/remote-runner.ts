import path from 'node:path';
import type { StepRequest } from '../run-step.ts';
import { overridesOf, scenarioOf } from '../step-command.ts';

/** Artillery's own runners. */
export const remoteRunners = ['fargate', 'lambda'] as const;
export type RunnerName = (typeof remoteRunners)[number];

/** Generators that Artillery starts on AWS for each step, and where they leave what became of it. */
export interface RemoteRunner {
  readonly name: RunnerName;
  readonly region: string;
  /** Named AWS profile; undefined leaves it to the standard credential chain. */
  readonly credentialsProfile: string | undefined;
  /** `s3://bucket/prefix`, of this run alone. */
  readonly results: string;
  /** Folder with the scenarios, and the engine to install on the runners. */
  readonly bundle: string;
}

/** Tasks of Fargate come up one by one over minutes; none sends before all are there, ms. */
export const REMOTE_WAIT_MS = 300_000;
/** What a remote step may take beyond its span and horizon: an image to pull, packages to install, ms. */
export const REMOTE_STARTUP_MS = 900_000;
/** From the wish to stop until the runners have seen it and Artillery has taken them down, ms. */
export const REMOTE_STOP_GRACE_MS = 120_000;

/**
 * Where Artillery's workers may write: the roles that it makes for them reach its own bucket only, one an account for
 * Fargate, one a Region for Lambda (artillery/lib/platform/aws-ecs/ecs.ts, aws-lambda/index.ts).
 */
export function resultsLocation(name: RunnerName, accountId: string, region: string, runId: string): string {
  const bucket = `artilleryio-test-data-${accountId}${name === 'lambda' ? `-${region}` : ''}`;
  return `s3://${bucket}/spillway/${runId}`;
}

/** Arguments of Artillery that send this step by a remote runner. @param reportFile for Artillery's own report */
export function remoteArguments(
  request: StepRequest,
  count: number,
  { name, region, results, bundle }: RemoteRunner,
  reportFile: string,
): string[] {
  return [
    ...[`run-${name}`, '--region', region, '--count', String(count)],
    ...['--target', request.baseUrl, '--output', reportFile],
    ...['--overrides', JSON.stringify(overridesOf(request, results, { count, waitMs: REMOTE_WAIT_MS }))],
    path.join(bundle, path.basename(scenarioOf(request))),
  ];
}
