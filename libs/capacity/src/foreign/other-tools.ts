/** A load-testing tool whose reports are refused by name, and how they are told. */
export interface OtherTool {
  readonly name: string;
  /** Found in the beginning of its text: any of them is enough. */
  readonly text?: readonly RegExp[];
  /** Sets of paths that only its JSON has, `.` between keys, `0` the first of an array: any set is enough. */
  readonly json?: readonly (readonly string[])[];
  /**
   * Whether it keeps a number of users or connections busy unless told otherwise: then a slow stage slows the load,
   * and the rate in the report is the stage's own.
   */
  readonly isClosed: boolean;
}

/** Recorded or taken from each tool's documentation and source; the specs hold a sample of each. */
export const OTHER_TOOLS: readonly OtherTool[] = [
  {
    name: 'k6',
    isClosed: true,
    text: [
      /^\{"type":"(Metric|Point)",.*"metric":"/m,
      /^\{"metric":".*"type":"(Metric|Point)"/m,
      /^metric_name,timestamp,metric_value,/,
      /^\s*http_req_duration\b.*: avg=/m,
      /http_req_duration\.+:/,
    ],
    json: [
      ['metrics.http_req_duration'],
      ['metrics.iterations', 'root_group'],
      ['metrics.vus_max', 'metrics.iterations'],
    ],
  },
  {
    name: 'autocannon',
    isClosed: true,
    text: [/^Running \d+s? test @ .*\n\d+ connections/m, /[│|] Req\/Sec\s*[│|]/],
    json: [['latency', 'requests', 'throughput', 'non2xx']],
  },
  // Before wrk: its text begins like wrk's.
  {
    name: 'wrk2',
    isClosed: false,
    text: [
      /Thread calibration: mean lat/,
      /Recorded Latency/,
      /Detailed Percentile spectrum:[\s\S]*Value\s+Percentile/,
    ],
  },
  {
    name: 'wrk',
    isClosed: true,
    text: [/^Running .* test @ .*\n\s+\d+ threads and \d+ connections/m, /^\s+Thread Stats\s+Avg\s+Stdev/m],
  },
  {
    name: 'vegeta',
    isClosed: false,
    text: [
      /^Requests\s+\[total, rate(, throughput)?\]/m,
      /^Bucket\s+#\s+%\s+Histogram/m,
      /^\{"attack":".*"seq":\d+,"code":\d+,/,
    ],
    json: [
      ['latencies', 'bytes_in', 'bytes_out', 'status_codes'],
      ['attack', 'seq', 'code', 'latency'],
    ],
  },
  {
    name: 'oha',
    isClosed: true,
    text: [/^Summary:\s*\n\s+Success rate:/m],
    json: [
      ['summary.successRate', 'responseTimeHistogram'],
      ['summary.requestsPerSec', 'statusCodeDistribution'],
    ],
  },
  {
    name: 'hey',
    isClosed: true,
    text: [
      /^Summary:\s*\n\s+Total:.*\n\s+Slowest:/m,
      /^response-time,DNS\+dialup,DNS,Request-write,Response-delay,/,
    ],
  },
  {
    name: 'ApacheBench (ab)',
    isClosed: true,
    text: [
      /This is ApacheBench/,
      /^Concurrency Level:\s+\d+\s*\nTime taken for tests:/m,
      /^Percentage served,Time in ms/,
      /^starttime\tseconds\tctime\tdtime\tttime\twait/,
    ],
  },
  {
    name: 'Locust',
    isClosed: true,
    text: [
      /^"?Type"?,"?Name"?,"?(# requests|Request Count)"?,/,
      /^"?Timestamp"?,"?User Count"?,"?Type"?,"?Name"?,/,
      /^"?Method"?,"?Name"?,"?Error"?,"?Occurrences"?/,
      /^Type\s+Name\s+# reqs\s+# fails/m,
      /<title>Locust/,
    ],
    json: [['0.num_requests', '0.num_failures', '0.num_none_requests']],
  },
  {
    name: 'Gatling',
    isClosed: false,
    text: [
      /^RUN\t[\w.$]+\t/m,
      /^(ASSERTION|REQUEST|USER)\t/m,
      /^=+\n-+ Global Information -+/m,
      /<title>Gatling/i,
    ],
    json: [
      ['numberOfRequests.total', 'numberOfRequests.ok'],
      ['stats.numberOfRequests', 'contents'],
      ['simulation', 'assertions'],
    ],
  },
  {
    name: 'JMeter',
    isClosed: true,
    text: [
      /^"?timeStamp"?[,;\t]"?elapsed"?[,;\t]"?label"?/i,
      /^Label,# Samples,Average/,
      /<testResults\b/,
      /<jmeterTestPlan\b/,
      /^summary [+=]\s+\d+ in /m,
      /<title>Apache JMeter/,
    ],
    json: [['Total.sampleCount', 'Total.pct1ResTime']],
  },
  {
    name: 'Siege',
    isClosed: true,
    text: [/^Transactions:\s+\d+ hits/m, /^\*\* SIEGE /m, /^\{\s*"transactions":\s*\d+,\s*"availability":/m],
    json: [['transactions', 'availability', 'elapsed_time']],
  },
  {
    name: 'bombardier',
    isClosed: true,
    text: [/^Bombarding \S+/m],
    json: [['spec.numberOfConnections', 'result.rps']],
  },
  {
    name: 'Fortio',
    isClosed: false,
    text: [/^Fortio .* running at /m],
    json: [['RunType', 'DurationHistogram']],
  },
  { name: 'Newman (Postman)', isClosed: true, json: [['run.executions', 'run.timings']] },
  {
    name: 'Playwright or Jest',
    isClosed: true,
    json: [
      ['numTotalTests', 'testResults'],
      ['suites', 'stats.expected'],
    ],
  },
];

/** The tool whose text this is the beginning of. */
export function toolOfText(head: string): OtherTool | undefined {
  return OTHER_TOOLS.find(({ text }) => text?.some((pattern) => pattern.test(head)));
}

/** The tool that wrote this JSON. */
export function toolOfJson(json: unknown): OtherTool | undefined {
  return OTHER_TOOLS.find(({ json: sets }) =>
    sets?.some((paths) => paths.every((path) => hasPath(json, path))),
  );
}

/** Whether JSON has a value, other than null, at a path. */
export function hasPath(json: unknown, path: string): boolean {
  let value = json;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return false;
    value = (value as Record<string, unknown>)[key];
  }
  return value !== undefined && value !== null;
}
