import type { ThrottleConfig } from '@spillway/throttle';
import { StageError } from './stage-error.ts';
import { requireStage, stackName } from './stages.ts';
import type { Stage, Stages } from './stages.ts';

export const cdkVerbs = ['deploy', 'diff', 'destroy', 'ls'] as const;
export type CdkVerb = (typeof cdkVerbs)[number];

export interface CdkRequest {
  readonly verb: CdkVerb;
  /** `undefined`: every stage, which only `ls` takes. */
  readonly stage: string | undefined;
  /** AWS profile. */
  readonly profile: string | undefined;
  readonly allowPlaceholder: boolean;
  /** Whether the stage's new code takes over whatever its alarms say. */
  readonly ignoreAlarms: boolean;
  /** For the CDK CLI as they are. */
  readonly forwarded: readonly string[];
}

/**
 * A request → arguments of the CDK CLI, but for the assembly.
 * @param readThrottle asked for the stage's limits where the stage must have measured ones
 * @throws StageError `STAGE_UNKNOWN`, `STAGE_NOT_DEPLOYED`, `LIMITS_NOT_MEASURED` or `ARGUMENT_REFUSED`
 */
export function cdkArguments(
  request: CdkRequest,
  stages: Stages,
  readThrottle: (stage: string) => ThrottleConfig,
): string[] {
  refuseStackNames(request.forwarded);
  if (request.ignoreAlarms) refuseIgnoredAlarms(request.verb);
  if (request.stage !== undefined) refuseStage(request, request.stage, stages, readThrottle);
  return [
    request.verb,
    ...(request.stage === undefined ? [] : [stackName(request.stage)]),
    ...(request.profile === undefined ? [] : [`--profile=${request.profile}`]),
    ...request.forwarded,
  ];
}

/** A stack named past `--stage` would pass every check below. */
function refuseStackNames(forwarded: readonly string[]): void {
  const refused = forwarded.find((argument) => !argument.startsWith('-') || argument === '--all');
  if (refused === undefined) return;
  throw new StageError(
    'ARGUMENT_REFUSED',
    `argument ${JSON.stringify(refused)}: want options only, with their values as --name=value; say which stack by --stage=<name>`,
  );
}

function refuseStage(
  request: CdkRequest,
  name: string,
  stages: Stages,
  readThrottle: (stage: string) => ThrottleConfig,
): void {
  const stage = requireStage(stages, name);
  if (request.verb === 'ls') return;
  if (stage.deploy === 'never') {
    const others = Object.keys(stages).filter((other) => stages[other]?.deploy !== 'never');
    throw new StageError(
      'STAGE_NOT_DEPLOYED',
      `${request.verb}: stage "${name}" is only ever played on this machine, want one of ${others.join(', ')}; run npx nx serve local-stage`,
    );
  }
  if (request.ignoreAlarms) refuseNoAlarms(request.verb, name, stage);
  if (request.verb !== 'deploy' || stage.deploy !== 'measured-limits' || request.allowPlaceholder) return;
  if (readThrottle(name).evidence.kind === 'placeholder') {
    throw new StageError(
      'LIMITS_NOT_MEASURED',
      `throttle.${name}.json: evidence "placeholder", want "measured"; run npx nx run loadtest --stage=${name} and npx nx run throttle update --stage=${name}, or say --allow-placeholder`,
    );
  }
}

function refuseIgnoredAlarms(verb: CdkVerb): void {
  if (verb === 'deploy' || verb === 'diff') return;
  throw new StageError(
    'ARGUMENT_REFUSED',
    `${verb}: found --ignore-alarms, want it with deploy or diff only; leave it out`,
  );
}

function refuseNoAlarms(verb: CdkVerb, name: string, { rollout }: Stage): void {
  if (rollout !== 'all-at-once') return;
  throw new StageError(
    'ARGUMENT_REFUSED',
    `${verb}: found --ignore-alarms for stage "${name}", whose new code takes all traffic at once, want a stage whose alarms stop it; leave it out`,
  );
}
