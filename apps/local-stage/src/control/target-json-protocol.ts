import { answerCloudWatch } from './answer-cloudwatch.ts';
import { answerDynamoDb } from './answer-dynamodb.ts';
import { answerServiceQuotas } from './answer-service-quotas.ts';
import { unknownOperation } from './aws-error.ts';
import type { ControlProtocol } from './choose-protocol.ts';
import { parseJsonBody } from './parse-input.ts';
import type { StageControls } from './stage-controls.ts';

interface TargetService {
  /** JSON 1.0 or 1.1: the answer has to say the same. */
  readonly contentType: string;
  answer(operation: string, input: unknown, controls: StageControls): unknown;
}

const SERVICES: Readonly<Record<string, TargetService>> = {
  DynamoDB_20120810: { contentType: 'application/x-amz-json-1.0', answer: answerDynamoDb },
  GraniteServiceVersion20100801: { contentType: 'application/x-amz-json-1.0', answer: answerCloudWatch },
  ServiceQuotasV20190624: { contentType: 'application/x-amz-json-1.1', answer: answerServiceQuotas },
};

/** AWS JSON 1.0 and 1.1: `x-amz-target` is `Service.Operation`. */
export function targetJsonProtocol(target: string, body: Buffer | null): ControlProtocol {
  const [serviceName = '', operation = ''] = target.split('.');
  const service = SERVICES[serviceName];
  const headers = { 'Content-Type': service?.contentType ?? 'application/x-amz-json-1.0' };
  return {
    call: (controls) => {
      if (!service) throw unknownOperation(target);
      return service.answer(operation, parseJsonBody(body), controls);
    },
    succeed: (result) => ({ statusCode: 200, headers, body: JSON.stringify(result) }),
    fail: (error) => ({
      statusCode: error.statusCode,
      // Services that once spoke Query keep its error code in this header; their clients read it there.
      headers: { ...headers, 'x-amzn-query-error': `${error.code};Sender` },
      body: JSON.stringify({ __type: error.code, message: error.message }),
    }),
  };
}
