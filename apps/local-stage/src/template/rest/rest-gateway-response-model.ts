import * as z from 'zod';
import type { ResolvedStack } from '../resolved-stack.ts';

/** Every answer of the gateway's own that a template can change (F21). */
export const GATEWAY_RESPONSE_TYPES = [
  'ACCESS_DENIED',
  'API_CONFIGURATION_ERROR',
  'AUTHORIZER_CONFIGURATION_ERROR',
  'AUTHORIZER_FAILURE',
  'BAD_REQUEST_BODY',
  'BAD_REQUEST_PARAMETERS',
  'DEFAULT_4XX',
  'DEFAULT_5XX',
  'EXPIRED_TOKEN',
  'INTEGRATION_FAILURE',
  'INTEGRATION_TIMEOUT',
  'INVALID_API_KEY',
  'INVALID_SIGNATURE',
  'MISSING_AUTHENTICATION_TOKEN',
  'QUOTA_EXCEEDED',
  'REQUEST_TOO_LARGE',
  'RESOURCE_NOT_FOUND',
  'THROTTLED',
  'UNAUTHORIZED',
  'UNSUPPORTED_MEDIA_TYPE',
  'WAF_FILTERED',
] as const;

export type GatewayResponseType = (typeof GATEWAY_RESPONSE_TYPES)[number];

/** How a template wants one of them. */
export interface GatewayResponseModel {
  readonly responseType: GatewayResponseType;
  /** Null keeps the type's own. */
  readonly statusCode: number | null;
  /** Header name → what it is made of: `'5'` in quotes, `context.requestId`, `method.request.header.Origin`. */
  readonly headers: Readonly<Record<string, string>>;
  /** By content type; empty keeps the usual body. */
  readonly templates: Readonly<Record<string, string>>;
}

const textsSchema = z.record(z.string(), z.coerce.string());

const propertiesSchema = z.looseObject({
  RestApiId: z.string(),
  ResponseType: z.string(),
  StatusCode: z.coerce.number().int().min(100).max(599).optional(),
  ResponseParameters: textsSchema.default({}),
  ResponseTemplates: textsSchema.default({}),
});

/** The gateway responses of one API; parts that change nothing on AWS either, or can't be played, are named. */
export function readGatewayResponses(stack: ResolvedStack, apiId: string): readonly GatewayResponseModel[] {
  return stack.ofType('AWS::ApiGateway::GatewayResponse').flatMap((resource) => {
    const read = stack.read(resource, propertiesSchema);
    if (read.RestApiId !== apiId) return [];
    const responseType = GATEWAY_RESPONSE_TYPES.find((type) => type === read.ResponseType);
    if (!responseType) {
      stack.notPlayed.add(`gateway response ${read.ResponseType}`);
      return [];
    }
    for (const template of Object.values(read.ResponseTemplates)) {
      // AWS fills in variables here and runs nothing.
      if (/#(set|if|foreach)\b/.test(template)) {
        stack.notPlayed.add(`gateway response ${responseType}: logic in its template`);
      }
    }
    const headers = Object.entries(read.ResponseParameters).flatMap(([target, source]) => {
      const name = /^gatewayresponse\.header\.(.+)$/.exec(target)?.[1];
      if (name === undefined) stack.notPlayed.add(`gateway response ${responseType}: ${target}`);
      return name === undefined ? [] : [[name, source]];
    });
    return [
      {
        responseType,
        statusCode: read.StatusCode ?? null,
        headers: Object.fromEntries(headers) as Record<string, string>,
        templates: read.ResponseTemplates,
      },
    ];
  });
}
