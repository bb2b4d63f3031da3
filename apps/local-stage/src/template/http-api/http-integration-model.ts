import * as z from 'zod';
import { readFunctionTarget, type FunctionTarget } from '../function-target.ts';
import type { ResolvedStack } from '../resolved-stack.ts';

/** What a route of an HTTP API calls. */
export interface HttpIntegrationModel {
  /** `AWS_PROXY`, `HTTP_PROXY`, or the service's action: `SQS-SendMessage`. */
  readonly label: string;
  /** Null unless it is a Lambda proxy integration. */
  readonly target: FunctionTarget | null;
  readonly payloadFormat: PayloadFormat;
  readonly timeoutMs: number;
}

/** Of the event that the function gets and the answer it gives. */
export type PayloadFormat = (typeof PAYLOAD_FORMATS)[number];

const PAYLOAD_FORMATS = ['1.0', '2.0'] as const;

/** F18: 30 s, the most there is; an integration may ask for less. */
export const HTTP_INTEGRATION_TIMEOUT_MS = 30_000;

const integrationPropertiesSchema = z.looseObject({
  IntegrationType: z.string(),
  IntegrationSubtype: z.string().optional(),
  IntegrationUri: z.string().optional(),
  // CloudFormation asks for one; what AWS takes where there is none is unverified.
  PayloadFormatVersion: z.enum(PAYLOAD_FORMATS).default('1.0'),
  TimeoutInMillis: z.coerce
    .number()
    .min(50)
    .max(HTTP_INTEGRATION_TIMEOUT_MS)
    .default(HTTP_INTEGRATION_TIMEOUT_MS),
});

/** By integration id. */
export function readHttpIntegrations(stack: ResolvedStack): ReadonlyMap<string, HttpIntegrationModel> {
  return new Map(
    stack.ofType('AWS::ApiGatewayV2::Integration').map((resource) => {
      const integration = stack.read(resource, integrationPropertiesSchema);
      const { IntegrationType, IntegrationSubtype } = integration;
      const isLambda = IntegrationType === 'AWS_PROXY' && IntegrationSubtype === undefined;
      return [
        resource.physicalId,
        {
          label: IntegrationSubtype ?? IntegrationType,
          target: isLambda ? readFunctionTarget(integration.IntegrationUri ?? '') : null,
          payloadFormat: integration.PayloadFormatVersion,
          timeoutMs: integration.TimeoutInMillis,
        },
      ];
    }),
  );
}
