import { LATEST } from '../lambda/function-definition.ts';
import type { ControlledFunction, StageControls } from './stage-controls.ts';

/**
 * A version's configuration as Lambda tells it.
 * @param qualifier alias or version; null for `$LATEST`
 */
export function describeVersion(
  { model, versions }: ControlledFunction,
  qualifier: string | null,
  { startedAt }: StageControls,
): unknown {
  const { version, settings } = versions.find(qualifier) ?? { version: LATEST, settings: model };
  return {
    FunctionName: model.name,
    FunctionArn: qualifier === null ? model.arn : `${model.arn}:${qualifier}`,
    Runtime: model.runtime,
    Handler: model.handler,
    ...(model.roleArn === null ? {} : { Role: model.roleArn }),
    // The CDK's hash of the bundle, since nothing was zipped.
    CodeSha256: Buffer.from(model.bundleHash, 'hex').toString('base64'),
    Timeout: settings.timeoutMs / 1000,
    MemorySize: settings.memorySizeMb,
    LastModified: startedAt.toISOString().replace('Z', '+0000'),
    Version: version,
    Environment: { Variables: model.environment },
    PackageType: 'Zip',
    State: 'Active',
    LastUpdateStatus: 'Successful',
  };
}
