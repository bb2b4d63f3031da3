import type { ErrorObject } from 'ajv';

type Describe = (error: ErrorObject) => string;

/**
 * Sentences of the validator behind API Gateway, by the schema's keyword; those for missing and undeclared
 * properties and for types are as users report them, the others are unverified.
 */
const SENTENCES: Readonly<Record<string, Describe>> = {
  type: ({ params, data }) =>
    `instance type (${typeOf(data)}) does not match any allowed primitive type (allowed: ${list([params['type']].flat())})`,
  enum: ({ params, data }) =>
    `instance value (${JSON.stringify(data)}) not found in enum (possible values: ${list(params['allowedValues'] as unknown[])})`,
  minLength: ({ params, data }) =>
    `string ${JSON.stringify(data)} is too short (length: ${(data as string).length}, required minimum: ${params['limit']})`,
  maxLength: ({ params, data }) =>
    `string ${JSON.stringify(data)} is too long (length: ${(data as string).length}, maximum allowed: ${params['limit']})`,
  minimum: ({ params, data }) =>
    `numeric instance is lower than the required minimum (minimum: ${params['limit']}, found: ${String(data)})`,
  maximum: ({ params, data }) =>
    `numeric instance is greater than the required maximum (maximum: ${params['limit']}, found: ${String(data)})`,
  pattern: ({ params, data }) =>
    `ECMA 262 regex ${JSON.stringify(params['pattern'])} does not match input string ${JSON.stringify(data)}`,
};

/** What a validator found, as `$context.error.validationErrorString` tells it: `[…, …]`. */
export function describeBodyErrors(errors: readonly ErrorObject[]): string {
  const sentences = [
    ...together(errors, 'required', 'missingProperty', 'object has missing required properties'),
    ...together(
      errors,
      'additionalProperties',
      'additionalProperty',
      'object instance has properties which are not allowed by the schema:',
    ),
    ...errors.flatMap((error) => {
      if (error.keyword === 'required' || error.keyword === 'additionalProperties') return [];
      return [SENTENCES[error.keyword]?.(error) ?? error.message ?? error.keyword];
    }),
  ];
  return `[${sentences.join(', ')}]`;
}

/** One sentence for each object, however many of its properties it is about. */
function together(
  errors: readonly ErrorObject[],
  keyword: string,
  parameter: string,
  sentence: string,
): readonly string[] {
  const ofKeyword = errors.filter((error) => error.keyword === keyword);
  return [...Map.groupBy(ofKeyword, ({ instancePath }) => instancePath).values()].map((ofObject) => {
    const names = list(ofObject.map(({ params }) => params[parameter] as unknown).sort());
    return keyword === 'required' ? `${sentence} (${names})` : `${sentence} ${names}`;
  });
}

function list(values: readonly unknown[]): string {
  return JSON.stringify(values);
}

/** In the schema's words. */
function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}
