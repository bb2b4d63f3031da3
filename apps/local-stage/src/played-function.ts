import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FunctionDefinition } from './lambda/function-definition.ts';
import type { FunctionModel } from './template/function-model.ts';

/** The template's function with what it needs to find its table on this machine. */
export function playedFunction(
  model: FunctionModel,
  engineEndpoint: string,
  { logDirectory }: { readonly logDirectory?: string },
): FunctionDefinition {
  if (logDirectory !== undefined) mkdirSync(logDirectory, { recursive: true });
  return {
    name: model.name,
    arn: model.arn,
    bundleDirectory: model.bundleDirectory,
    handler: model.handler,
    runtime: model.runtime,
    environment: { ...model.environment, AWS_ENDPOINT_URL_DYNAMODB: engineEndpoint },
    timeoutMs: model.timeoutMs,
    memorySizeMb: model.memorySizeMb,
    reservedConcurrency: model.reservedConcurrency,
    ...(logDirectory === undefined ? {} : { logFile: join(logDirectory, `${model.name}.log`) }),
  };
}
