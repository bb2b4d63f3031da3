import { ANSWERS_HEADER } from '../answers/answers.ts';
import { exampleRun } from '../testing/index.ts';
import { readReport } from './read-report.ts';
import type { Refusal } from './refusal.ts';

const refusal = (text: string): Refusal => {
  const found = readReport(text);
  if (!('kind' in found)) throw new Error(`read as a report of ${found.format}`);
  return found;
};

const WRK =
  'Running 1s test @ http://h/ok\n  1 threads and 1 connections\n  Thread Stats   Avg      Stdev     Max   +/- Stdev\n';
const SAMPLES: readonly (readonly [tool: string, what: string, text: string])[] = [
  [
    'k6',
    'JSON lines',
    '{"type":"Metric","data":{"name":"http_reqs","type":"counter"},"metric":"http_reqs"}\n{"type":"Point","data":{"value":1},"metric":"http_reqs"}',
  ],
  [
    'k6',
    'JSON lines of newer versions',
    '{"metric":"http_reqs","type":"Metric","data":{"name":"http_reqs"}}\n{"metric":"http_reqs","type":"Point"}',
  ],
  [
    'k6',
    'a summary export',
    '{"root_group":{"name":""},"metrics":{"iterations":{"count":5},"http_req_duration":{"avg":3.1,"p(95)":5}}}',
  ],
  ['k6', 'CSV', 'metric_name,timestamp,metric_value,check,error\nhttp_reqs,1595325560,1.000000,,'],
  [
    'k6',
    'text',
    '     checks.........: 100.00%\n     http_req_duration..............: avg=112.3ms min=101ms med=109ms',
  ],
  [
    'autocannon',
    'JSON',
    '{"url":"http://h","connections":10,"latency":{"p99":1},"requests":{"average":2},"throughput":{"average":3},"non2xx":0}',
  ],
  [
    'autocannon',
    'text',
    'Running 10s test @ http://h\n10 connections\n\n┌─────────┬──────┐\n│ Req/Sec │ 100  │',
  ],
  ['wrk', 'text', `${WRK}    Latency    11.19ms    4.88ms  36.15ms   76.34%\n`],
  ['wrk2', 'text', `${WRK}  Thread calibration: mean lat.: 9747 usec, rate sampling interval: 21 msec\n`],
  [
    'vegeta',
    'text',
    'Requests      [total, rate, throughput]  1200, 120.00, 65.87\nDuration      [total, attack, wait]      10.094s',
  ],
  [
    'vegeta',
    'a JSON report',
    '{"latencies":{"mean":1,"99th":3},"bytes_in":{"total":1},"bytes_out":{"total":1},"status_codes":{"200":5}}',
  ],
  [
    'vegeta',
    'encoded results',
    '{"attack":"","seq":0,"code":200,"timestamp":"2026-01-01T00:00:00Z","latency":1}\n{"attack":"","seq":1,"code":200,"latency":1}',
  ],
  [
    'vegeta',
    'one encoded result',
    '{"attack":"a","seq":0,"code":200,"timestamp":"2026-01-01T00:00:00Z","latency":1}',
  ],
  ['vegeta', 'a histogram', 'Bucket         #     %       Histogram\n[0,     2ms]   6007  50.06%'],
  ['oha', 'text', 'Summary:\n  Success rate:\t100.00%\n  Total:\t0.5 sec\n  Slowest:\t0.1 sec'],
  [
    'oha',
    'JSON',
    '{"summary":{"successRate":1,"total":2,"requestsPerSec":99},"responseTimeHistogram":{"0.1":1},"statusCodeDistribution":{"200":9}}',
  ],
  ['hey', 'text', '\nSummary:\n  Total:\t1.5130 secs\n  Slowest:\t0.0331 secs\n  Fastest:\t0.0042 secs'],
  [
    'hey',
    'CSV',
    'response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read,status-code,offset\n0.0049,0.0008',
  ],
  ['ApacheBench (ab)', 'text', 'This is ApacheBench, Version 2.3 <$Revision$>\nCopyright 1996 Adam Twiss'],
  ['ApacheBench (ab)', 'CSV', 'Percentage served,Time in ms\n0,3.1'],
  ['ApacheBench (ab)', 'a gnuplot file', 'starttime\tseconds\tctime\tdtime\tttime\twait\nMon'],
  ['Locust', 'CSV', 'Type,Name,Request Count,Failure Count,Median Response Time\nGET,/,10,0,5'],
  ['Locust', 'a history', 'Timestamp,User Count,Type,Name,Requests/s,Failures/s\n1,2,,Aggregated,3,0'],
  ['Locust', 'JSON', '[{"name":"/","method":"GET","num_requests":9,"num_none_requests":0,"num_failures":0}]'],
  [
    'Gatling',
    'simulation.log',
    'RUN\tcomputerdatabase.BasicSimulation\tbasicsimulation\t1536308220000\t \t3.0\n',
  ],
  ['Gatling', 'global_stats.json', '{"name":"All Requests","numberOfRequests":{"total":9,"ok":9,"ko":0}}'],
  ['Gatling', 'HTML', '<!DOCTYPE html><html><head><title>Gatling Stats - Global Information</title>'],
  [
    'JMeter',
    'CSV',
    'timeStamp,elapsed,label,responseCode,responseMessage,threadName,success\n1,2,a,200,OK,t,true',
  ],
  [
    'JMeter',
    'XML',
    '<?xml version="1.0" encoding="UTF-8"?>\n<testResults version="1.2">\n<httpSample t="7"/>',
  ],
  ['JMeter', 'a plan', '<?xml version="1.0" encoding="UTF-8"?>\n<jmeterTestPlan version="1.2">'],
  [
    'JMeter',
    'statistics.json',
    '{"Total":{"transaction":"Total","sampleCount":9,"errorCount":0,"pct1ResTime":3}}',
  ],
  ['JMeter', 'a log', 'summary +    100 in 00:00:10 =   10.0/s Avg:     5\nsummary =    100 in 00:00:10'],
  ['Siege', 'text', '** SIEGE 4.0.7\nTransactions:\t\t 10 hits'],
  ['Siege', 'JSON', '{ "transactions": 19, "availability": 100.00, "elapsed_time": 0.7 }'],
  ['bombardier', 'text', 'Bombarding http://h:80 for 10s using 125 connection(s)\n'],
  ['bombardier', 'JSON', '{"spec":{"numberOfConnections":125},"result":{"rps":{"mean":1}}}'],
  ['Fortio', 'JSON', '{"RunType":"HTTP","Labels":"","DurationHistogram":{"Count":40}}'],
  [
    'Newman (Postman)',
    'JSON',
    '{"collection":{},"run":{"stats":{},"timings":{"started":1},"executions":[]}}',
  ],
];

describe('readReport', () => {
  it.each(SAMPLES)('refuses %s by name: %s', (tool, _what, text) => {
    const { found, wanted, next } = refusal(text);
    expect(found).toMatch(new RegExp(`^a report of ${tool.replace(/[()]/g, '\\$&')},`));
    expect(wanted).toContain('Artillery 1 or 2');
    expect(next).toContain('npx nx run loadtest');
  });

  it.each([
    ['the record of a run', JSON.stringify(exampleRun()), /^the record of a run, away from its folder/],
    ['one of its steps', JSON.stringify(exampleRun().steps[1]), /^one step of a Spillway run/],
    ['a step’s answers', `${ANSWERS_HEADER}\n0,0,0,,,1,timeout,0,\n`, /^the answers of one step/],
    [
      'Artillery’s report of a step',
      '{"aggregate":{"counters":{"spillway.sent":5}},"intermediate":[]}',
      /^Artillery's report of a step of a Spillway run/,
    ],
    [
      'a throttle file',
      '{"stage":"dev","limits":{"rateLimit":1},"evidence":{"kind":"placeholder"}}',
      /^a throttle file/,
    ],
    ['the settings', '{"targets":{"latencyMs":500},"profiles":{}}', /^the load test's settings/],
  ])('refuses %s, and says what to name instead', (_what, text, found) => {
    expect(refusal(text).found).toMatch(found);
    expect(refusal(text).next).toMatch(/npx nx run throttle (analyze|explain)/);
  });

  it.each([
    ['an empty file', ' \n', 'an empty file'],
    [
      'a report cut in two',
      '{\n  "aggregate": {\n    "counters": {"http.req',
      /^an Artillery report that is not complete JSON \(/,
    ],
    ['JSON cut in two', '{"metrics": {"a":', /^no complete JSON \(/],
    ['a scenario', 'config:\n  target: http://h\nscenarios:\n  - flow: []\n', /^a scenario of Artillery/],
    ['Artillery’s HTML', '<!doctype html><title>Artillery report</title>', /^Artillery's HTML report/],
    ['a story', 'Once upon a time', 'text of an unknown kind, which begins with "Once upon a time"'],
    ['null', 'null', 'JSON of another kind: null'],
    ['a number', '42', 'JSON of another kind: a number'],
    ['an array', '[1,2]', 'JSON of another kind: an array of 2'],
    ['an empty object', '{}', 'JSON of another kind: an empty object'],
    ['another object', '{"a":1,"b":2}', 'JSON of another kind: an object with "a", "b"'],
    [
      'an aggregate of something',
      '{"aggregate":{"sum":1}}',
      'JSON of another kind: an object with "aggregate"',
    ],
  ])('refuses %s', (_what, text, found) => {
    expect(refusal(text).found).toEqual(typeof found === 'string' ? found : expect.stringMatching(found));
  });

  it.each([
    [
      'a count below 0',
      { aggregate: { counters: { 'http.requests': -5 } } },
      /aggregate\.counters\.http\.requests: -5, want a count/,
    ],
    [
      'a count that is text',
      { aggregate: { counters: { 'http.requests': '5' } } },
      /aggregate\.counters\.http\.requests: /,
    ],
    [
      'a window that is none',
      { aggregate: { counters: {} }, intermediate: [{ counters: {} }, 7] },
      /intermediate\.1: /,
    ],
    ['windows that are no list', { aggregate: { counters: {} }, intermediate: 'many' }, /intermediate: /],
    [
      'more windows than eleven days have',
      { aggregate: { counters: {} }, intermediate: Array(100_001).fill(null) },
      /intermediate: Too big/,
    ],
    [
      '1.x without a time',
      { aggregate: { scenariosCreated: 1, requestsCompleted: 1, timestamp: 'noon' } },
      /Artillery 1's that is damaged: aggregate\.timestamp/,
    ],
    [
      'a million bad codes',
      {
        aggregate: {
          scenariosCreated: 1,
          requestsCompleted: 1,
          timestamp: '2026-01-01T00:00:00Z',
          codes: Array(1_000_000).fill('x'),
        },
      },
      /aggregate\.codes: want counts by name/,
    ],
  ])('names what is damaged: %s', (_what, json, found) => {
    expect(refusal(JSON.stringify(json)).found).toMatch(found);
  });

  it('takes a byte order mark in its stride', () => {
    expect(refusal('\ufeff{}').found).toBe('JSON of another kind: an empty object');
  });

  it('survives nesting of a million levels', () => {
    const deep = '['.repeat(1_000_000);
    expect(refusal(deep).found).toMatch(/no complete JSON|another kind/);
    expect(refusal(`${deep}${']'.repeat(1_000_000)}`).found).toMatch(/no complete JSON|another kind/);
  });

  it('never lets a file steer the terminal, nor fill it', () => {
    for (const text of [
      '\u001b[31mred\u202e',
      JSON.stringify({ '\u001b[2J\u200f': 1 }),
      `"${'\u0007'}"`,
      `{"a\u001b[1m": ${'x'.repeat(5000)}`,
    ]) {
      const { found } = refusal(text);
      // Control characters are what is looked for.
      // eslint-disable-next-line no-control-regex
      expect(found).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200f\u202e]/);
      expect(found.length).toBeLessThan(500);
    }
  });
});
