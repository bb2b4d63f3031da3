import { controls, refusalOf } from './__fixtures__/controls.ts';
import { AwsError } from './aws-error.ts';
import { targetJsonProtocol } from './target-json-protocol.ts';

const QUOTA = { ServiceCode: 'lambda', QuotaCode: 'L-B99A9384' };
const protocolOf = (target: string, body: string) => targetJsonProtocol(target, Buffer.from(body));

describe('targetJsonProtocol', () => {
  it.each([
    ['GraniteServiceVersion20100801.GetMetricData', '1.0'],
    ['ServiceQuotasV20190624.GetServiceQuota', '1.1'],
  ])('answers %s in JSON %s', (target, version) => {
    const { statusCode, headers, body } = protocolOf(target, '{}').succeed({ a: 1 }, 'id');
    expect([statusCode, headers, body]).toEqual([
      200,
      { 'Content-Type': `application/x-amz-json-${version}` },
      '{"a":1}',
    ]);
  });

  it('carries the operation out', () => {
    const protocol = protocolOf('ServiceQuotasV20190624.GetServiceQuota', JSON.stringify(QUOTA));
    expect(protocol.call(controls())).toMatchObject({ Quota: { Value: 1000 } });
  });

  it('answers what DynamoDB says of the account, and nothing of its tables', () => {
    expect(protocolOf('DynamoDB_20120810.DescribeLimits', '{}').call(controls())).toMatchObject({
      TableMaxWriteCapacityUnits: 40_000,
    });
  });

  it.each([
    ['a table', 'DynamoDB_20120810.DescribeTable', '{}', 'UnknownOperationException'],
    ['another service', 'Logs_20140328.PutLogEvents', '{}', 'UnknownOperationException'],
    ['another operation', 'ServiceQuotasV20190624.ListServices', '{}', 'UnknownOperationException'],
    ['a body that is not JSON', 'ServiceQuotasV20190624.GetServiceQuota', '{', 'SerializationException'],
  ])('refuses %s', (_case, target, body, code) => {
    expect(refusalOf(() => protocolOf(target, body).call(controls())).code).toBe(code);
  });

  it('tells an error where clients of both protocols look for it', () => {
    const protocol = protocolOf('GraniteServiceVersion20100801.GetMetricData', '{}');
    const { statusCode, headers, body } = protocol.fail(new AwsError('ValidationError', 'why'), 'id');
    expect(statusCode).toBe(400);
    expect(headers).toMatchObject({ 'x-amzn-query-error': 'ValidationError;Sender' });
    expect(JSON.parse(body)).toEqual({ __type: 'ValidationError', message: 'why' });
  });
});
