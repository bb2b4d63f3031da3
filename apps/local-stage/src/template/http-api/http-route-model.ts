import * as z from 'zod';
import { NO_FUNCTION, readFunctionTarget } from '../function-target.ts';
import type { HttpApiModel } from './http-api-model.ts';
import {
  HTTP_INTEGRATION_TIMEOUT_MS,
  readHttpIntegrations,
  type HttpIntegrationModel,
  type PayloadFormat,
} from './http-integration-model.ts';
import type { ResolvedStack } from '../resolved-stack.ts';

/** A route of an HTTP API: what has a bucket of its own. */
export interface HttpRouteModel {
  /** `$default`, or method and path: `POST /entries`, `ANY /{proxy+}`. */
  readonly routeKey: string;
  /** Null where the integration or the authorizer is not played: the route then answers 501 and says so. */
  readonly functionName: string | null;
  /** Alias or version of the function; null: the function itself. */
  readonly functionQualifier: string | null;
  readonly authorizationType: 'NONE' | 'AWS_IAM' | 'NOT_PLAYED';
  readonly payloadFormat: PayloadFormat;
  /** 50 ms to 30 s (F18). */
  readonly integrationTimeoutMs: number;
}

const routePropertiesSchema = z.looseObject({
  ApiId: z.string(),
  RouteKey: z.string(),
  AuthorizationType: z.string().default('NONE'),
  Target: z.string().optional(),
});

/**
 * The routes of one API.
 * @param playedFunctions names of the functions that have an environment here
 */
export function readHttpRoutes(
  stack: ResolvedStack,
  api: HttpApiModel,
  playedFunctions: ReadonlySet<string>,
): readonly HttpRouteModel[] {
  const integrations = readHttpIntegrations(stack);
  const declared = stack
    .ofType('AWS::ApiGatewayV2::Route')
    .map((resource) => stack.read(resource, routePropertiesSchema))
    .filter(({ ApiId }) => ApiId === api.apiId)
    .map((route) => ({
      routeKey: route.RouteKey,
      authorizationType: route.AuthorizationType,
      integration: integrations.get(route.Target?.replace(/^integrations\//, '') ?? ''),
    }));
  return [...quickCreated(api), ...declared].map((route) => readRoute(route, stack, playedFunctions));
}

interface DeclaredRoute {
  readonly routeKey: string;
  readonly authorizationType: string;
  readonly integration: HttpIntegrationModel | undefined;
}

function readRoute(
  { routeKey, authorizationType, integration }: DeclaredRoute,
  stack: ResolvedStack,
  playedFunctions: ReadonlySet<string>,
): HttpRouteModel {
  const called = integration?.target ?? null;
  const played = called !== null && playedFunctions.has(called.name) ? called : null;
  if (played === null) {
    const what = integration?.label ?? 'none';
    stack.notPlayed.add(
      `${routeKey}: integration ${what}${called ? ` of ${called.name}` : ''} (answers 501)`,
    );
  }
  const isAuthorizationPlayed = authorizationType === 'NONE' || authorizationType === 'AWS_IAM';
  // A route that wants a token is refused rather than served to everybody.
  if (!isAuthorizationPlayed)
    stack.notPlayed.add(`${routeKey}: authorization ${authorizationType} (answers 501)`);
  return {
    routeKey,
    ...(played !== null && isAuthorizationPlayed
      ? { functionName: played.name, functionQualifier: played.qualifier }
      : NO_FUNCTION),
    authorizationType: isAuthorizationPlayed ? authorizationType : 'NOT_PLAYED',
    payloadFormat: integration?.payloadFormat ?? '1.0',
    integrationTimeoutMs: integration?.timeoutMs ?? HTTP_INTEGRATION_TIMEOUT_MS,
  };
}

/** That quick create chooses payload format 2.0 is unverified; the console's default is. */
function quickCreated({ quickCreate }: HttpApiModel): readonly DeclaredRoute[] {
  if (!quickCreate) return [];
  const { routeKey, targetUri } = quickCreate;
  const target = readFunctionTarget(targetUri);
  const label = target === null ? 'HTTP_PROXY' : 'AWS_PROXY';
  const timeoutMs = HTTP_INTEGRATION_TIMEOUT_MS;
  const integration: HttpIntegrationModel = { label, target, payloadFormat: '2.0', timeoutMs };
  return [{ routeKey, authorizationType: 'NONE', integration }];
}
