import * as z from 'zod';
import type { ResolvedStack } from '../resolved-stack.ts';

/** An `AWS::ApiGatewayV2::Api` of protocol HTTP. */
export interface HttpApiModel {
  readonly apiId: string;
  readonly apiName: string;
  readonly cors: CorsModel | null;
  /** Null unless the API names its own target: then AWS makes one route and a `$default` stage for it. */
  readonly quickCreate: { readonly routeKey: string; readonly targetUri: string } | null;
}

/** What the gateway itself answers to browsers of other origins; names of headers in small letters. */
export interface CorsModel {
  /** Whole origins, `*`, `https://*` or `http://*`. */
  readonly allowOrigins: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly allowCredentials: boolean;
  /** Null sends no such header. */
  readonly maxAgeSeconds: number | null;
}

/** The only one that an HTTP API may have. */
const ROUTE_SELECTION = '${request.method} ${request.path}';

const namesSchema = z.array(z.string()).default([]);

const apiPropertiesSchema = z.looseObject({
  Name: z.string().default('HttpApi'),
  // An imported API (`Body`) says its protocol in the import alone.
  ProtocolType: z.string().default('HTTP'),
  RouteSelectionExpression: z.string().default(ROUTE_SELECTION),
  Target: z.string().optional(),
  RouteKey: z.string().default('$default'),
  CorsConfiguration: z
    .looseObject({
      AllowOrigins: namesSchema,
      AllowMethods: namesSchema,
      AllowHeaders: namesSchema,
      ExposeHeaders: namesSchema,
      AllowCredentials: z.union([z.boolean(), z.stringbool()]).default(false),
      MaxAge: z.coerce.number().int().optional(),
    })
    .optional(),
});

/** The HTTP APIs of the stack; WebSocket APIs are named as not played. */
export function readHttpApis(stack: ResolvedStack): readonly HttpApiModel[] {
  return stack.ofType('AWS::ApiGatewayV2::Api').flatMap((resource) => {
    const api = stack.read(resource, apiPropertiesSchema);
    if (api.ProtocolType !== 'HTTP') {
      stack.notPlayed.add(`API ${resource.logicalId}: protocol ${api.ProtocolType}`);
      return [];
    }
    if (api.RouteSelectionExpression !== ROUTE_SELECTION) {
      stack.notPlayed.add(`API ${resource.logicalId}: route selection ${api.RouteSelectionExpression}`);
    }
    return [
      {
        apiId: resource.physicalId,
        apiName: api.Name,
        cors: readCors(api.CorsConfiguration),
        quickCreate: api.Target === undefined ? null : { routeKey: api.RouteKey, targetUri: api.Target },
      },
    ];
  });
}

function readCors(cors: z.infer<typeof apiPropertiesSchema>['CorsConfiguration']): CorsModel | null {
  if (!cors) return null;
  return {
    allowOrigins: cors.AllowOrigins,
    allowMethods: cors.AllowMethods,
    // The API stores them in small letters, as its own documentation shows them.
    allowHeaders: cors.AllowHeaders.map((name) => name.toLowerCase()),
    exposeHeaders: cors.ExposeHeaders.map((name) => name.toLowerCase()),
    allowCredentials: cors.AllowCredentials,
    maxAgeSeconds: cors.MaxAge ?? null,
  };
}
