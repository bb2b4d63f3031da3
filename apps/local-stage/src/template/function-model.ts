import { statSync } from 'node:fs';
import * as z from 'zod';
import type { ResolvedStack, StackResource } from './resolved-stack.ts';

/** A function as the template declares it, its bundle found on this machine. */
export interface FunctionModel {
  readonly name: string;
  readonly arn: string;
  readonly bundleDirectory: string;
  /** Hash the CDK gave the bundle: the name of its S3 object without the extension. */
  readonly bundleHash: string;
  /** `file.export`, relative to the bundle. */
  readonly handler: string;
  readonly runtime: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly memorySizeMb: number;
  /** Null: draws on the account's unreserved concurrency (F31). */
  readonly reservedConcurrency: number | null;
}

/** Defaults of 3 s and 128 MB are CloudFormation's. */
const functionPropertiesSchema = z.looseObject({
  Code: z.looseObject({ S3Key: z.string().optional() }),
  Handler: z.string().default(''),
  Runtime: z.string().default('container image'),
  Timeout: z.coerce.number().int().positive().default(3),
  MemorySize: z.coerce.number().int().min(128).default(128),
  ReservedConcurrentExecutions: z.coerce.number().int().nonnegative().optional(),
});

/** The Node functions of the stack whose code was found; others are named as not played. */
export function readFunctions(stack: ResolvedStack): readonly FunctionModel[] {
  return stack.ofType('AWS::Lambda::Function').flatMap((resource) => {
    const properties = stack.read(resource, functionPropertiesSchema);
    const refuse = (why: string): readonly FunctionModel[] => {
      stack.notPlayed.add(`function ${resource.physicalId} (${why})`);
      return [];
    };
    if (!properties.Runtime.startsWith('nodejs')) return refuse(`runtime ${properties.Runtime}`);
    const s3Key = properties.Code.S3Key;
    if (s3Key === undefined) return refuse('inline code');
    const bundleDirectory = stack.source.assetPaths.get(s3Key);
    if (bundleDirectory === undefined || !isDirectory(bundleDirectory)) {
      return refuse(`no folder beside the template for its code ${s3Key}`);
    }
    return [
      {
        name: resource.physicalId,
        arn: `arn:aws:lambda:${stack.region}:${stack.accountId}:function:${resource.physicalId}`,
        bundleDirectory,
        bundleHash: s3Key.replace(/^.*\//, '').replace(/\.\w+$/, ''),
        handler: properties.Handler,
        runtime: properties.Runtime,
        environment: readEnvironment(stack, resource),
        timeoutMs: properties.Timeout * 1000,
        memorySizeMb: properties.MemorySize,
        reservedConcurrency: properties.ReservedConcurrentExecutions ?? null,
      },
    ];
  });
}

/** Variable by variable, so that one without a value here does not cost the function the others. */
function readEnvironment(stack: ResolvedStack, resource: StackResource): Readonly<Record<string, string>> {
  const declared = Object(resource.declaration.Properties?.Environment).Variables as unknown;
  const variables: Record<string, string> = {};
  for (const [name, declaration] of Object.entries(Object(declared))) {
    const value = stack.attempt(declaration, `variable ${name} of ${resource.physicalId}`);
    if (value !== undefined) variables[name] = String(value);
  }
  return variables;
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
