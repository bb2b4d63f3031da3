import * as z from 'zod';
import { compileBodySchema, type ModelSchemas } from './body-schema.ts';
import type { ResolvedStack } from '../resolved-stack.ts';

/** What a method asks of its requests before anything is called. */
export interface RequestValidationModel {
  /** Parameters that must be there and not be blank. */
  readonly requiredParameters: readonly RequiredParameter[];
  /** Null where bodies are not validated. */
  readonly body: BodyValidationModel | null;
}

export interface RequiredParameter {
  readonly source: 'header' | 'querystring' | 'path';
  readonly name: string;
}

export interface BodyValidationModel {
  /** Content type → URL of its schema; `$default` for every other. */
  readonly schemaUrls: Readonly<Record<string, string>>;
  /** Every model of the API by its URL, since they refer to each other. */
  readonly schemas: ModelSchemas;
}

/** Properties of a method that speak of validation, worked out. */
export interface ValidatedMethod {
  /** For messages: `POST /entries`. */
  readonly route: string;
  readonly apiId: string;
  readonly validatorId: string | undefined;
  /** `method.request.querystring.page` → whether it is required. */
  readonly parameters: Readonly<Record<string, boolean>>;
  /** Content type → name of a model. */
  readonly models: Readonly<Record<string, string>>;
  /** Of the method's API. */
  readonly schemas: ModelSchemas;
}

const flag = z.union([z.boolean(), z.stringbool()]).default(false);
const validatorSchema = z.looseObject({ ValidateRequestBody: flag, ValidateRequestParameters: flag });

const modelSchema = z.looseObject({
  RestApiId: z.string(),
  Schema: z.union([z.record(z.string(), z.unknown()), z.string()]).optional(),
});

/** Models that every API has without declaring them; `Empty` takes anything, `Error` is for answers. */
const BUILT_IN_MODELS: Readonly<Record<string, object>> = { Empty: {}, Error: { type: 'object' } };

/** Reads what a method's validator asks for; a schema that can't be played is named, and its bodies pass. */
export function readValidation(stack: ResolvedStack, method: ValidatedMethod): RequestValidationModel | null {
  const validator = stack
    .ofType('AWS::ApiGateway::RequestValidator')
    .find(({ physicalId }) => physicalId === method.validatorId);
  if (!validator) return null;
  const asks = stack.read(validator, validatorSchema);
  const requiredParameters = asks.ValidateRequestParameters ? required(method.parameters) : [];
  const body = asks.ValidateRequestBody ? readBodyValidation(stack, method) : null;
  return requiredParameters.length === 0 && body === null ? null : { requiredParameters, body };
}

function required(parameters: ValidatedMethod['parameters']): readonly RequiredParameter[] {
  return Object.entries(parameters).flatMap(([key, isRequired]) => {
    const [, source, name] = /^method\.request\.(header|querystring|path)\.(.+)$/.exec(key) ?? [];
    if (!isRequired || source === undefined || name === undefined) return [];
    return [{ source: source as RequiredParameter['source'], name }];
  });
}

function readBodyValidation(
  stack: ResolvedStack,
  { apiId, models, route, schemas }: ValidatedMethod,
): BodyValidationModel | null {
  const schemaUrls: Record<string, string> = {};
  for (const [contentType, name] of Object.entries(models)) {
    const url = modelUrl(apiId, name);
    const compiled = compileBodySchema(schemas, url);
    if (compiled.ok) schemaUrls[contentType.toLowerCase()] = url;
    else stack.notPlayed.add(`${route}: model ${name} (${compiled.problem})`);
  }
  return Object.keys(schemaUrls).length === 0 ? null : { schemaUrls, schemas };
}

/** Every model of an API, the ones that it has anyway too. */
export function readModelSchemas(stack: ResolvedStack, apiId: string): ModelSchemas {
  const schemas = new Map<string, object>();
  for (const [name, schema] of Object.entries(BUILT_IN_MODELS)) schemas.set(modelUrl(apiId, name), schema);
  for (const resource of stack.ofType('AWS::ApiGateway::Model')) {
    const { RestApiId, Schema } = stack.read(resource, modelSchema);
    if (RestApiId !== apiId) continue;
    const schema: unknown = typeof Schema === 'string' ? parseJson(Schema) : (Schema ?? {});
    const isSchema = typeof schema === 'object' && schema !== null;
    if (isSchema) schemas.set(modelUrl(apiId, resource.physicalId), schema);
  }
  return schemas;
}

/** As a model is referred to by another's `$ref`. */
function modelUrl(apiId: string, name: string): string {
  return `https://apigateway.amazonaws.com/restapis/${apiId}/models/${name}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
