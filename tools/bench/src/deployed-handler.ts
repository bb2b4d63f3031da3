import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

/** The template that is played, and the bundle it would deploy. */
export interface DeployedHandler {
  readonly templateFile: string;
  readonly handlerFile: string;
}

const TEMPLATE = fileURLToPath(
  new URL('../../../apps/infra/cdk.out/Spillway-local.template.json', import.meta.url),
);

const templateSchema = z.looseObject({
  Resources: z.record(z.string(), z.looseObject({ Type: z.string() })),
});
const functionSchema = z.looseObject({
  Properties: z.looseObject({ Code: z.looseObject({ S3Key: z.string().endsWith('.zip') }) }),
});

/** What infra's synthesis did not leave. */
export class HandlerNotFoundError extends Error {
  readonly code = 'HANDLER_NOT_FOUND';

  constructor(file: string, cause?: unknown) {
    super(`${file}: found none that can be read, want infra's output; run npx nx synth infra`, { cause });
    this.name = 'HandlerNotFoundError';
  }
}

/** Finds both in infra's output, so that every contestant runs the very file that would be deployed. */
export function findDeployedHandler(templateFile: string = TEMPLATE): DeployedHandler {
  let asset: string;
  try {
    const { Resources } = templateSchema.parse(JSON.parse(readFileSync(templateFile, 'utf8')));
    const found = Object.values(Resources).find(({ Type }) => Type === 'AWS::Lambda::Function');
    asset = functionSchema.parse(found).Properties.Code.S3Key.replace(/\.zip$/, '');
  } catch (cause) {
    throw new HandlerNotFoundError(templateFile, cause);
  }
  const handlerFile = join(dirname(templateFile), `asset.${asset}`, 'index.cjs');
  if (!existsSync(handlerFile)) throw new HandlerNotFoundError(handlerFile);
  return { templateFile, handlerFile };
}
