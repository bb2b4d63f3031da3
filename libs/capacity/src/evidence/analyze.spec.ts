import { runRecord } from '../__fixtures__/run-record.ts';
import { analyzeRun } from './analyze.ts';

describe('analyzeRun', () => {
  it('tells a good run in one paragraph', () => {
    expect(analyzeRun(runRecord())).toBe(
      'Stage dev sustains between 1000 and 1080 requests/s with 99 % of answers good within 500 ms. ' +
        'Bound by host: this machine is full. ' +
        'Proposed: 800 requests/s, burst 48, reserved concurrency 195, 1024 MB, timeout 4 s. ' +
        'The replay against the proposed limits verifies them. ' +
        'Of 9000 acknowledged entries 9000 are in the table, 0 are lost; 3 are unknown.',
    );
  });

  it('tells what is missing from one that was stopped', () => {
    const sentence = analyzeRun(
      runRecord({
        status: 'interrupted',
        stoppedBy: 'SIGINT',
        estimate: null,
        binding: null,
        recommendation: null,
        replay: null,
        audit: null,
      }),
    );
    expect(sentence).toMatch(
      /sustained rate is not known.*No limits are proposed\. The durability audit did not.*interrupted \(SIGINT\)/,
    );
  });

  it('says of proposed limits that they were not replayed', () => {
    expect(analyzeRun(runRecord({ replay: null }))).toMatch(/timeout \d+ s\. They were not replayed\./);
  });

  it('gives the share of an SLO with every digit of it', () => {
    const run = runRecord();
    const targets = { ...run.targets, errorRatio: 0.0007 };
    expect(analyzeRun(runRecord({ targets }))).toContain('with 99.93 % of answers good');
  });

  it('does not hide that an estimate is open', () => {
    const estimate = {
      conclusive: false,
      lowerPerSecond: 400,
      upperPerSecond: null,
      reasons: ['no failing rate is proven'],
    };
    expect(analyzeRun(runRecord({ estimate }))).toMatch(
      /at least 400 requests\/s .*, which is not conclusive: no failing rate is proven/,
    );
  });
});
