import * as z from 'zod';
import type { VersionedFunction } from '../lambda/function-versions.ts';
import { LOG_LEVELS, TEXT_LOGGING, type FunctionLogging } from '../lambda/function-logging.ts';
import { readAliases } from './function-aliases.ts';
import { readEnvironment } from './function-environment.ts';
import { findFunctionCode, functionCodeSchema } from './function-code.ts';
import { IntrinsicError } from './intrinsics/intrinsic-error.ts';
import { partitionOf } from './intrinsics/partition.ts';
import { layerModuleFolders } from './layer-modules.ts';
import { own } from './own-property.ts';
import type { ResolvedStack, StackResource } from './resolved-stack.ts';

/** A function as the template declares it, its bundle found on this machine. */
export interface FunctionModel extends VersionedFunction {
  readonly name: string;
  readonly arn: string;
  /** Null where only a deployment knows it. */
  readonly roleArn: string | null;
  /** Empty until inline code has been written to a folder. */
  readonly bundleDirectory: string;
  /** Hash the CDK gave the bundle: the name of its S3 object without the extension. */
  readonly bundleHash: string;
  /** Source of a function whose code is in the template itself; null for one that has a folder. */
  readonly inlineCode: string | null;
  /** `file.export`, relative to the bundle. */
  readonly handler: string;
  readonly runtime: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Folders named node_modules outside of the bundle, the one before the other: those of its layers. */
  readonly moduleFolders: readonly string[];
  /** Null: draws on the account's unreserved concurrency (F31). */
  readonly reservedConcurrency: number | null;
  readonly logging: FunctionLogging;
  readonly logGroupName: string;
}

/** Defaults of 3 s and 128 MB are CloudFormation's, bounds of seconds and MB Lambda's (F37). */
const functionPropertiesSchema = z.looseObject({
  Code: functionCodeSchema,
  Handler: z.string().default(''),
  Runtime: z.string().default('container image'),
  Timeout: z.coerce.number().int().min(1).max(900).default(3),
  MemorySize: z.coerce.number().int().min(128).max(10_240).default(128),
  ReservedConcurrentExecutions: z.coerce.number().int().nonnegative().optional(),
  Layers: z.array(z.string()).default([]),
  LoggingConfig: z
    .looseObject({
      LogFormat: z.enum(['Text', 'JSON']).default('Text'),
      LogGroup: z.string().optional(),
      ApplicationLogLevel: z.enum(LOG_LEVELS).default('INFO'),
      SystemLogLevel: z.enum(['DEBUG', 'INFO', 'WARN']).default('INFO'),
    })
    .prefault({}),
});

/** The Node functions of the stack whose code was found; others are named as not played. */
export function readFunctions(stack: ResolvedStack): readonly FunctionModel[] {
  const aliases = readAliases(stack);
  return stack.ofType('AWS::Lambda::Function').flatMap((resource) => {
    const name = resource.physicalId;
    const properties = stack.tryRead(resource, functionPropertiesSchema, `function ${name}`);
    if (!properties) return [];
    const refuse = (why: string): readonly FunctionModel[] => {
      stack.notPlayed.add(`function ${name} (${why})`);
      return [];
    };
    const { Runtime: runtime } = properties;
    if (!runtime.startsWith('nodejs')) return refuse(runtime.includes(' ') ? runtime : `runtime ${runtime}`);
    const code = findFunctionCode(stack, properties.Code);
    if (code.kind === 'none') return refuse(code.why);
    const environment = readEnvironment(stack, resource);
    if ('problem' in environment) return refuse(environment.problem);
    nameOtherNode(stack, name, runtime);
    return [
      {
        name,
        arn: functionArn(stack, name),
        roleArn: readRole(stack, resource),
        bundleDirectory: code.kind === 'folder' ? code.directory : '',
        bundleHash: code.hash,
        inlineCode: code.kind === 'inline' ? code.source : null,
        handler: properties.Handler,
        runtime,
        environment: environment.variables,
        moduleFolders: layerModuleFolders(stack, properties.Layers),
        timeoutMs: properties.Timeout * 1000,
        memorySizeMb: properties.MemorySize,
        reservedConcurrency: properties.ReservedConcurrentExecutions ?? null,
        logging: readLogging(properties.LoggingConfig),
        aliases: aliases.get(name) ?? {},
        // Whoever knows the routes says otherwise.
        calledAs: null,
        logGroupName: properties.LoggingConfig.LogGroup ?? `/aws/lambda/${name}`,
      },
    ];
  });
}

/** ARN of a function in the account and Region that are played. */
export function functionArn(
  { region, accountId }: { readonly region: string; readonly accountId: string },
  name: string,
): string {
  return `arn:${partitionOf(region).name}:lambda:${region}:${accountId}:function:${name}`;
}

/** Nobody here assumes it: where it has no value that is no loss worth a word. */
function readRole(stack: ResolvedStack, { declaration }: StackResource): string | null {
  try {
    const role = stack.resolver.resolve(own(declaration.Properties, 'Role'));
    return typeof role === 'string' ? role : null;
  } catch (error) {
    if (!(error instanceof IntrinsicError)) throw error;
    return null;
  }
}

/** Text logs are whole: levels are JSON's. */
function readLogging(config: z.output<typeof functionPropertiesSchema>['LoggingConfig']): FunctionLogging {
  if (config.LogFormat === 'Text') return TEXT_LOGGING;
  return {
    format: 'JSON',
    applicationLevel: config.ApplicationLogLevel,
    systemLevel: config.SystemLogLevel,
  };
}

/** One Node runs them all. */
function nameOtherNode(stack: ResolvedStack, name: string, runtime: string): void {
  const major = process.versions.node.split('.')[0];
  if (runtime !== `nodejs${major}.x`)
    stack.notPlayed.add(`function ${name}: ${runtime} (Node ${major} runs it)`);
}
