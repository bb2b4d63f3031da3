import { delimiter } from 'node:path';
import type { FunctionDefinition } from './lambda/function-definition.ts';
import type { FunctionVersion } from './lambda/function-versions.ts';
import { functionLogFile } from './log-folder.ts';
import type { FunctionModel } from './template/function-model.ts';

/** A version of the template's function with what it needs to find its table on this machine. */
export function playedFunction(
  model: FunctionModel,
  engineEndpoint: string,
  { version, settings }: FunctionVersion,
  { logDirectory }: { readonly logDirectory?: string },
): FunctionDefinition {
  return {
    name: model.name,
    // As it was called: the ARN of an alias ends with its name.
    arn: model.calledAs === null ? model.arn : `${model.arn}:${model.calledAs}`,
    version,
    bundleDirectory: model.bundleDirectory,
    handler: model.handler,
    runtime: model.runtime,
    logging: model.logging,
    logGroupName: model.logGroupName,
    environment: {
      ...model.environment,
      NODE_PATH: nodePath(model),
      AWS_ENDPOINT_URL_DYNAMODB: engineEndpoint,
    },
    ...settings,
    reservedConcurrency: model.reservedConcurrency,
    ...(logDirectory === undefined ? {} : { logFile: functionLogFile(logDirectory, model.name) }),
  };
}

/** As Lambda has it, with the folders of this machine for those in `/opt` and `/var`: layers, SDK, bundle. */
function nodePath({ environment, moduleFolders, bundleDirectory }: FunctionModel): string {
  const { NODE_PATH: declared } = environment;
  return [...(declared === undefined ? [] : [declared]), ...moduleFolders, bundleDirectory].join(delimiter);
}
