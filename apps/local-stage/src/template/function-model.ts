import * as z from 'zod';
import { LOG_LEVELS, TEXT_LOGGING, type FunctionLogging } from '../lambda/function-logging.ts';
import { findFunctionCode, functionCodeSchema } from './function-code.ts';
import { layerModuleFolders } from './layer-modules.ts';
import { own } from './own-property.ts';
import type { ResolvedStack, StackResource } from './resolved-stack.ts';

/** A function as the template declares it, its bundle found on this machine. */
export interface FunctionModel {
  readonly name: string;
  readonly arn: string;
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
  readonly timeoutMs: number;
  readonly memorySizeMb: number;
  /** Null: draws on the account's unreserved concurrency (F31). */
  readonly reservedConcurrency: number | null;
  readonly logging: FunctionLogging;
  readonly logGroupName: string;
}

/** Defaults of 3 s and 128 MB are CloudFormation's. */
const functionPropertiesSchema = z.looseObject({
  Code: functionCodeSchema,
  Handler: z.string().default(''),
  Runtime: z.string().default('container image'),
  Timeout: z.coerce.number().int().positive().default(3),
  MemorySize: z.coerce.number().int().min(128).default(128),
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
    nameOtherNode(stack, name, runtime);
    return [
      {
        name,
        arn: `arn:aws:lambda:${stack.region}:${stack.accountId}:function:${name}`,
        bundleDirectory: code.kind === 'folder' ? code.directory : '',
        bundleHash: code.hash,
        inlineCode: code.kind === 'inline' ? code.source : null,
        handler: properties.Handler,
        runtime,
        environment: readEnvironment(stack, resource),
        moduleFolders: layerModuleFolders(stack, properties.Layers),
        timeoutMs: properties.Timeout * 1000,
        memorySizeMb: properties.MemorySize,
        reservedConcurrency: properties.ReservedConcurrentExecutions ?? null,
        logging: readLogging(properties.LoggingConfig),
        logGroupName: properties.LoggingConfig.LogGroup ?? `/aws/lambda/${name}`,
      },
    ];
  });
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

/** Variable by variable, so that one without a value here does not cost the function the others. */
function readEnvironment(stack: ResolvedStack, resource: StackResource): Readonly<Record<string, string>> {
  const what = (name: string): string => `variable ${name} of ${resource.physicalId}`;
  const declared = own(own(resource.declaration.Properties, 'Environment'), 'Variables');
  const variables: Record<string, string> = {};
  for (const [name, declaration] of Object.entries(Object(declared))) {
    const value = stack.attempt(declaration, what(name));
    if (value === undefined) continue;
    if (value === null || typeof value === 'object') stack.notPlayed.add(`${what(name)} (wants text)`);
    else variables[name] = String(value);
  }
  return variables;
}
