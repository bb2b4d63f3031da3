import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { artilleryPool } from './artillery-http.ts';
import { autocannon } from './autocannon.ts';
import { ToolReportError, type ToolPlace } from './load-tool.ts';
import { spillway } from './spillway.ts';
import { wrk } from './wrk.ts';

let place: ToolPlace;
beforeEach(() => {
  const directory = mkdtempSync(join(tmpdir(), 'spillway-bench-report-'));
  place = { url: 'http://127.0.0.1:1/', directory, body: '{}' };
});
afterEach(() => rmSync(place.directory, { recursive: true, force: true }));

const leave = (name: string, content: string) => writeFileSync(join(place.directory, name), content);
const histogram = { min: 1, max: 990, p50: 1, p75: 2, p90: 3, p95: 497, p99: 900, p999: 980 };

describe('report', () => {
  it('reads what Artillery’s HTTP engine counts and times', () => {
    const counters = { 'http.codes.200': 7_990, 'http.codes.500': 10 };
    const histograms = { 'http.response_time': histogram };
    leave('artillery.json', JSON.stringify({ aggregate: { counters, histograms }, intermediate: [] }));
    const { answered, views } = artilleryPool.report(place, '');
    expect(answered).toBe(7_990);
    expect(views).toMatchObject([{ source: 'http.response_time', p99Ms: 900 }]);
    expect(views[0]?.slow.least).toBeCloseTo(0.01, 12);
    expect(views[0]?.slow.most).toBeCloseTo(0.05, 12);
  });

  it('reads every request of ours, and Artillery’s histogram of it', () => {
    const counters = { 'spillway.acknowledged': 2 };
    const histograms = { 'spillway.latency': histogram };
    leave('artillery.json', JSON.stringify({ aggregate: { counters, histograms } }));
    leave('step-bench.answers.csv', 'sequence,intendedMs,latenessMs,latencyMs\n0,0,0.1,700\n1,5,0.3,2\n');
    const { answered, views, answers } = spillway.report(place, '');
    expect(answered).toBe(2);
    expect(views[0]).toEqual({
      source: 'its answers file',
      p99Ms: 700,
      slow: { least: 0.5, most: 0.5 },
    });
    expect(views[1]?.p99Ms).toBe(900);
    expect([...(answers?.sentMs ?? [])]).toEqual([0.1, 5.3]);
  });

  it('finds autocannon’s line among others', () => {
    const latency = { p50: 0, p75: 1, p90: 2, p97_5: 600, p99: 700, p99_9: 900, average: 3 };
    const { answered, views } = autocannon.report(
      place,
      `warning\n${JSON.stringify({ '2xx': 9, latency })}\n`,
    );
    expect([answered, views[0]?.p99Ms]).toEqual([9, 700]);
    expect(views[0]?.slow.least).toBeCloseTo(0.025, 12);
    expect(views[0]?.slow.most).toBeCloseTo(0.1, 12);
  });

  it('reads wrk’s line, which its script prints', () => {
    const printed = 'Running 1s test\n{"answered":5,"p99Ms":12.500,"slowRatio":0.010000}\n';
    expect(wrk.report(place, printed)).toEqual({
      answered: 5,
      views: [{ source: 'its report', p99Ms: 12.5, slow: { least: 0.01, most: 0.01 } }],
    });
  });

  it.each([artilleryPool, spillway, autocannon, wrk])('of $name is refused where it says nothing', (tool) => {
    expect(() => tool.report(place, 'oh no')).toThrow(ToolReportError);
  });
});
