import { contentOf } from '../table-answer.ts';
import { Meter } from './meter.ts';
import type { MeteredTable } from './metered-call.ts';

const throughput = {
  'on-demand': { billingMode: 'PAY_PER_REQUEST', read: {}, write: {} },
  provisioned: {
    billingMode: 'PROVISIONED',
    read: { provisionedPerSecond: 1 },
    write: { provisionedPerSecond: 1 },
  },
} as const;

const tables: readonly MeteredTable[] = Object.entries(throughput).map(([tableName, declared]) => ({
  tableName,
  keySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  throughput: declared,
}));

function startMeter() {
  let nowMs = 0;
  const data: string[] = [];
  const meter = new Meter(
    tables,
    'arn:aws:dynamodb:r:0:table/',
    {
      record: (_ns, metric, dimensions, value) =>
        data.push([metric, ...Object.values(dimensions), value].join(' ')),
    },
    { monotonicMs: () => nowMs, wallMs: () => nowMs },
  );
  const callOf = (operation: string, input: unknown) =>
    meter.read(operation, Buffer.from(JSON.stringify(input)))!;
  const putOf = (TableName: string, id: string, kilobytes = 0) =>
    callOf('PutItem', {
      TableName,
      Item: { id: { S: id }, f: { S: 'x'.repeat(kilobytes * 1024 - 50 * +(kilobytes > 0)) } },
    });
  /** The body of the refusal, or null. */
  const refusalOf = (call: ReturnType<typeof callOf>) => {
    const admission = meter.admit(call);
    return admission.kind === 'refused' ? contentOf(admission.answer) : null;
  };
  return { meter, data, callOf, putOf, refusalOf, at: (ms: number) => (nowMs = ms) };
}

describe('Meter', () => {
  it('meters a table that is declared later, and leaves the others what they have left', () => {
    const { meter, putOf, callOf, refusalOf } = startMeter();
    expect(callOf('PutItem', { TableName: 'later', Item: { id: { S: 'a' } } })).toBeNull();
    const spend = () => refusalOf(putOf('provisioned', 'a', 299));
    expect(spend()).toBeNull();
    meter.replace(structuredClone([...tables, { ...tables[0]!, tableName: 'later' }]));
    // What is left after the first admits one more, which puts the table into debt.
    expect([spend(), spend()]).toEqual([null, expect.anything()]);
    expect(refusalOf(putOf('later', 'a'))).toBeNull();
    meter.replace([{ ...tables[1]!, throughput: throughput['on-demand'] }]);
    expect(spend()).toBeNull();
  });

  it('throttles one hot key far below its table (F41), by the second', () => {
    const { putOf, refusalOf, at } = startMeter();
    const hot = () => refusalOf(putOf('on-demand', 'hot', 250));
    expect([hot(), hot(), hot(), hot()]).toEqual([null, null, null, null]);
    expect(hot()).toMatchObject({
      __type: 'com.amazonaws.dynamodb.v20120810#ThrottlingException',
      message: expect.stringContaining('check if you have a hot key'),
      throttlingReasons: [
        { reason: 'TableWriteKeyRangeThroughputExceeded', resource: 'arn:aws:dynamodb:r:0:table/on-demand' },
      ],
    });
    expect(refusalOf(putOf('on-demand', 'other', 250))).toBeNull();
    at(249);
    expect(hot()).not.toBeNull();
    at(250);
    expect(hot()).toBeNull();
  });

  it('throttles a provisioned table with an exception of its own (F44)', () => {
    const { putOf, refusalOf } = startMeter();
    expect(refusalOf(putOf('provisioned', 'a', 300))).toBeNull();
    expect(refusalOf(putOf('provisioned', 'b'))).toMatchObject({
      __type: 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException',
      ThrottlingReasons: [{ reason: 'TableWriteProvisionedThroughputExceeded' }],
    });
  });

  it('charges what a call cost in the end, and gives back what it did not', () => {
    const { meter, putOf, callOf, refusalOf, data } = startMeter();
    const update = callOf('UpdateItem', { TableName: 'provisioned', Key: { id: { S: 'a' } } });
    meter.admit(update);
    meter.settle(update.parts, [300]);
    expect(refusalOf(putOf('provisioned', 'b'))).not.toBeNull();
    meter.settle(
      update.parts.map((part) => ({ ...part, knownUnits: 300 })),
      [],
    );
    expect(refusalOf(putOf('provisioned', 'b'))).toBeNull();
    expect(data.filter((datum) => datum.startsWith('Consumed'))).toEqual([
      'ConsumedWriteCapacityUnits provisioned 300',
    ]);
  });

  it('refuses a transaction as a whole, with a reason for each item, and charges nothing', () => {
    const { putOf, callOf, refusalOf } = startMeter();
    refusalOf(putOf('provisioned', 'a', 300));
    const small = { Put: { TableName: 'provisioned', Item: { id: { S: 'b' } } } };
    const large = {
      Put: { TableName: 'on-demand', Item: { id: { S: 'hot' }, f: { S: 'x'.repeat(399 * 1024) } } },
    };
    expect(refusalOf(callOf('TransactWriteItems', { TransactItems: [large, small] }))).toMatchObject({
      __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
      CancellationReasons: [{ Code: 'None' }, { Code: 'ProvisionedThroughputExceeded' }],
    });
    expect(refusalOf(callOf('TransactWriteItems', { TransactItems: [large] }))).toBeNull();
    expect(refusalOf(callOf('TransactWriteItems', { TransactItems: [large] }))).not.toBeNull();
  });

  it('lets the part of a batch pass that there is capacity for', () => {
    const { meter, callOf, data } = startMeter();
    const requests = ['a', 'b'].map((id) => ({
      PutRequest: { Item: { id: { S: id }, f: { S: 'x'.repeat(200 * 1024) } } },
    }));
    const call = callOf('BatchWriteItem', { RequestItems: { provisioned: requests } });
    expect(meter.admit(call)).toEqual({ kind: 'admitted', parts: [call.parts[0]] });
    expect(data).toEqual(['WriteThrottleEvents provisioned 1']);
    expect(meter.admit(call).kind).toBe('refused');
    expect(data.slice(1)).toEqual([
      'WriteThrottleEvents provisioned 1',
      'WriteThrottleEvents provisioned 1',
      'ThrottledRequests provisioned BatchWriteItem 1',
    ]);
  });

  it('counts what was answered (F63)', () => {
    const { meter, putOf, data } = startMeter();
    const put = putOf('on-demand', 'a');
    meter.answered(put, 200, 7);
    meter.answered(put, 500, 7);
    meter.answered(put, 400, 7);
    expect(data).toEqual([
      'SuccessfulRequestLatency on-demand PutItem 7',
      'SystemErrors on-demand PutItem 1',
    ]);
  });

  it('takes a body that is no JSON for none of its business', () => {
    expect(startMeter().meter.read('PutItem', Buffer.from('{'))).toBeNull();
  });
});
