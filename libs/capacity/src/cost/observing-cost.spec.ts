import { LOG_BYTES_PER_REQUEST, logsUsdPerMonth, tracesPerSecond } from './observing-cost.ts';

const id = '7d3f1c52-9a64-4b0e-8f27-5c1d9e0a4b36';
const trace = '1-69247d60-2f1c0a7e5d3b4c9811e2f6a0';

/** What the deployed stage writes of one accepted request, in the form of the templates and of Lambda's platform lines. */
const lines = [
  `{"requestId":"${id}","extendedRequestId":"UJ2zGHlGIAMEbJg=","requestTime":"1763933600000","sourceIp":"203.0.113.178",` +
    `"httpMethod":"POST","resourcePath":"/","status":"200","responseType":"-","responseLength":"43","latencyMs":"112",` +
    `"integrationLatencyMs":"108","integrationStatus":"200","integrationRequestId":"${id}","xrayTraceId":"${trace}"}`,
  '{"_aws":{"Timestamp":1763933600000,"CloudWatchMetrics":[{"Namespace":"Spillway","Dimensions":[["service"]],' +
    '"Metrics":[{"Name":"EntryAccepted","Unit":"Count"}]}]},"service":"ingest","EntryAccepted":1}',
  `START RequestId: ${id} Version: $LATEST\n`,
  `END RequestId: ${id}\n`,
  `REPORT RequestId: ${id}\tDuration: 101.23 ms\tBilled Duration: 102 ms\tMemory Size: 1024 MB\tMax Memory Used: 112 MB\t\n` +
    `XRAY TraceId: ${trace}\tSegmentId: 6b1f0d2c9e8a7354\tSampled: true\t\n`,
];

describe('LOG_BYTES_PER_REQUEST', () => {
  it('is what the lines of one accepted request have', () => {
    expect(lines.join('').length).toBe(LOG_BYTES_PER_REQUEST);
  });
});

describe('logsUsdPerMonth', () => {
  it.each([
    ['a GB that is not kept', 1024 ** 3, 0, 0.5],
    ['a GB kept for half a month', 1024 ** 3, 730 / 48, 0.515],
    ['a GB kept for a month', 1024 ** 3, 730 / 24, 0.53],
    ['nothing', 0, 30, 0],
  ])('prices %s (F75)', (_what, bytes, days, usd) => {
    expect(logsUsdPerMonth(bytes, days)).toBeCloseTo(usd, 10);
  });
});

describe('tracesPerSecond', () => {
  it.each([
    ['all of half a request a second', 0.5, 0.5],
    ['all of one a second', 1, 1],
    ['one and a twentieth of the others', 21, 2],
    ['51 of 1,001', 1001, 51],
  ])('records %s', (_what, rate, traces) => {
    expect(tracesPerSecond(rate)).toBeCloseTo(traces, 12);
  });
});
