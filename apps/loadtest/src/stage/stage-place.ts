import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** Where a stage is meant to be, and whether it may be loaded, as the configuration says. */
export interface StagePlace {
  readonly stage: string;
  /** Undefined leaves it to the AWS profile. */
  readonly accountId: string | undefined;
  readonly region: string | undefined;
  readonly loadtest: 'allowed' | 'refused';
}

/** infra's file: as much of it as a load test must know. */
const stagesSchema = z.record(
  z.string(),
  z.looseObject({
    deploy: z.string().optional(),
    account: z.string().optional(),
    region: z.string().optional(),
    loadtest: z.enum(['allowed', 'refused']).optional(),
  }),
);

/** A stage that is not what its configuration says, or not one to load. */
export class StagePlaceError extends Error {
  readonly code: 'STAGES_UNREADABLE' | 'STAGE_UNKNOWN' | 'STAGE_REFUSED' | 'ACCOUNT_OTHER';

  constructor(code: StagePlaceError['code'], message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StagePlaceError';
    this.code = code;
  }
}

/**
 * Reads `stages.json`; `SPILLWAY_<STAGE>_ACCOUNT` and `_REGION` win over it.
 * @param configDirectory of infra, such as `apps/infra/config`
 * @throws StagePlaceError
 */
export function readStagePlace(
  configDirectory: string,
  stage: string,
  variable: (name: string) => string | undefined,
): StagePlace {
  const file = join(configDirectory, 'stages.json');
  let stages: z.infer<typeof stagesSchema>;
  try {
    stages = stagesSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StagePlaceError('STAGES_UNREADABLE', `${file}: ${reason}; it says where stages are`, cause);
  }
  const found = Object.hasOwn(stages, stage) ? stages[stage] : undefined;
  if (found === undefined) {
    const known = Object.keys(stages).join(', ');
    const problem = `stages.json: no stage "${stage}", want one of ${known}; name one by --stage`;
    throw new StagePlaceError('STAGE_UNKNOWN', problem);
  }
  const prefix = `SPILLWAY_${stage.toUpperCase().replaceAll('-', '_')}`;
  return {
    stage,
    accountId: variable(`${prefix}_ACCOUNT`) ?? found.account,
    region: variable(`${prefix}_REGION`) ?? found.region,
    loadtest: found.loadtest ?? (found.deploy === 'measured-limits' ? 'refused' : 'allowed'),
  };
}

/** Before anything is asked of AWS. @throws StagePlaceError where the configuration keeps load tests away */
export function refuseUnlessAllowed({ stage, loadtest }: StagePlace): void {
  if (loadtest === 'allowed') return;
  throw new StagePlaceError(
    'STAGE_REFUSED',
    `stage ${stage}: its configuration refuses load tests, want a stage like it; to load it all the same, say "loadtest": "allowed" in apps/infra/config/stages.json`,
  );
}

/** @throws StagePlaceError where the credentials are another account's than the stage's */
export function refuseOtherAccount(
  place: StagePlace,
  { accountId, region }: { readonly accountId: string; readonly region: string },
): void {
  if (place.accountId === undefined || place.accountId === accountId) return;
  throw new StagePlaceError(
    'ACCOUNT_OTHER',
    `stage ${place.stage}: found account ${accountId}, ${region}, want account ${place.accountId}, as stages.json or the environment says; choose its profile by --aws-profile=<name>`,
  );
}
