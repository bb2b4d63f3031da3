import * as z from 'zod';
import type { ResolvedStack } from '../resolved-stack.ts';
import { integrationSchema, readIntegration, type RestIntegrationModel } from './rest-integration-model.ts';
import { readResourcePaths } from './rest-resource-paths.ts';
import { readModelSchemas, readValidation, type RequestValidationModel } from './rest-validation-model.ts';

/** A method of a resource: what F4 gives a bucket of its own. */
export interface RestMethodModel extends RestIntegrationModel {
  /** `ANY` or an HTTP method in capitals. */
  readonly httpMethod: string;
  /** `/`, `/entries/{id}`, `/files/{proxy+}`. */
  readonly resourcePath: string;
  readonly resourceId: string;
  /** An authorizer of the API's own is not played: its methods answer 501, so that nothing stands open by mistake. */
  readonly authorization: 'NONE' | 'AWS_IAM' | 'NOT_PLAYED';
  /** Whether a usage plan binds here (F5). */
  readonly isApiKeyRequired: boolean;
  /** Null where nothing is validated. */
  readonly validation: RequestValidationModel | null;
}

const methodPropertiesSchema = z.looseObject({
  RestApiId: z.string(),
  ResourceId: z.string(),
  HttpMethod: z.string(),
  AuthorizationType: z.string().default('NONE'),
  ApiKeyRequired: z.union([z.boolean(), z.stringbool()]).default(false),
  RequestValidatorId: z.string().optional(),
  RequestParameters: z.record(z.string(), z.union([z.boolean(), z.stringbool()])).optional(),
  RequestModels: z.record(z.string(), z.string()).optional(),
  Integration: integrationSchema.optional(),
});

/**
 * The methods of every REST API, in the template's order.
 * @param playedFunctions names of the functions that have an environment here
 */
export function readRestMethods(
  stack: ResolvedStack,
  playedFunctions: ReadonlySet<string>,
): readonly { readonly apiId: string; readonly method: RestMethodModel }[] {
  const paths = readResourcePaths(stack);
  const schemas = new Map(
    stack
      .ofType('AWS::ApiGateway::RestApi')
      .map(({ physicalId }) => [physicalId, readModelSchemas(stack, physicalId)]),
  );
  return stack.ofType('AWS::ApiGateway::Method').flatMap((resource) => {
    const method = stack.read(resource, methodPropertiesSchema);
    const resourcePath = paths.get(method.ResourceId);
    if (resourcePath === undefined) {
      // Those of APIs that other stacks have are named with their APIs.
      if (schemas.has(method.RestApiId)) {
        stack.notPlayed.add(`method ${method.HttpMethod} ${resource.logicalId} (its resource has no path)`);
      }
      return [];
    }
    const route = `${method.HttpMethod} ${resourcePath}`;
    return {
      apiId: method.RestApiId,
      method: {
        httpMethod: method.HttpMethod,
        resourcePath,
        resourceId: method.ResourceId,
        authorization: readAuthorization(stack, method.AuthorizationType, route),
        isApiKeyRequired: method.ApiKeyRequired,
        validation: readValidation(stack, {
          route,
          apiId: method.RestApiId,
          validatorId: method.RequestValidatorId,
          parameters: method.RequestParameters ?? {},
          models: method.RequestModels ?? {},
          schemas: schemas.get(method.RestApiId) ?? new Map(),
        }),
        ...readIntegration(stack, method.Integration, route, playedFunctions),
      },
    };
  });
}

function readAuthorization(
  stack: ResolvedStack,
  type: string,
  route: string,
): RestMethodModel['authorization'] {
  if (type === 'NONE' || type === 'AWS_IAM') return type;
  stack.notPlayed.add(`${route}: authorization ${type} (answers 501)`);
  return 'NOT_PLAYED';
}
