import { createRequire } from 'node:module';
import type Draft4 from 'ajv-draft-04';
import type { ErrorObject } from 'ajv';

/** Schemas by URL, draft 4 of JSON Schema. */
export type ModelSchemas = ReadonlyMap<string, object>;

/** What is wrong with a body; empty when it is valid. */
export type CheckBody = (body: unknown) => readonly ErrorObject[];

export type CompiledBodySchema =
  | { readonly ok: true; readonly check: CheckBody }
  /** AWS would refuse the model, or the validator here can't do it. */
  | { readonly ok: false; readonly problem: string };

const loadPackage = createRequire(import.meta.url);

/** The dialect that API Gateway's models are written in, whatever they say themselves. */
const DIALECT_KEYS = new Set(['$schema', 'id']);

/** The schemas of one API in one validator, and what was wrong with those that it does not take. */
interface Compiler {
  readonly validator: InstanceType<typeof Draft4.default>;
  readonly problems: ReadonlyMap<string, string>;
}

/** One for each set of schemas: a method's model is looked at when the template is read and again to serve. */
const compilers = new WeakMap<ModelSchemas, Compiler>();

/** The schema at `url`, ready to check bodies; a `$ref` finds the others by their URLs. */
export function compileBodySchema(schemas: ModelSchemas, url: string): CompiledBodySchema {
  let compiler = compilers.get(schemas);
  if (!compiler) compilers.set(schemas, (compiler = newCompiler(schemas)));
  const problem = compiler.problems.get(url);
  if (problem !== undefined) return { ok: false, problem };
  try {
    const validate = compiler.validator.getSchema(url);
    if (!validate) return { ok: false, problem: 'no such model' };
    return { ok: true, check: (body) => (validate(body) ? [] : (validate.errors ?? [])) };
  } catch (error) {
    return { ok: false, problem: messageOf(error) };
  }
}

/**
 * Loads its package on first use, because few templates have models. Formats are not checked: which ones AWS knows
 * is unverified.
 */
function newCompiler(schemas: ModelSchemas): Compiler {
  const { default: Validator } = loadPackage('ajv-draft-04') as typeof Draft4;
  const validator = new Validator({
    strict: false,
    allErrors: true,
    verbose: true,
    validateFormats: false,
    logger: false,
  });
  const problems = new Map<string, string>();
  for (const [url, schema] of schemas) {
    try {
      validator.addSchema(withoutDialect(schema), url);
    } catch (error) {
      problems.set(url, messageOf(error));
    }
  }
  return { validator, problems };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function withoutDialect(schema: object): object {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => !DIALECT_KEYS.has(key)));
}
