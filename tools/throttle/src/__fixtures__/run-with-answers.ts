import { judgeStep, measureStep, type RunRecord } from '@spillway/capacity';
import { exampleRun } from '@spillway/capacity/testing';
import { readAnswersFile } from '@spillway/run-files';
import { writeAnswers } from '@spillway/run-files/testing';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Keeps a run of two steps with the answers that they were measured from, as the load test does. */
export function keepRunWithAnswers(
  results: string,
  runId: string,
  changes: Partial<RunRecord> = {},
): RunRecord {
  const directory = join(results, runId);
  mkdirSync(directory, { recursive: true });
  const whole = exampleRun({ runId, ...changes });
  const steps = whole.steps.slice(1, 3).map(({ record: example }, index) => {
    const sent = 1000;
    const answersFile = `step-${example.name}.answers.csv`;
    const record = { ...example, answersFile, sent, intended: sent, warmUpMs: 0, holdMs: sent * 5 };
    const rowOf = (i: number) => `${i},${i * 5},0.1,,1.5,${2 + index + (i % 9)},acknowledged,200,`;
    const answers = readAnswersFile(writeAnswers(directory, record, rowOf), sent);
    const measurement = measureStep(record, answers, whole.targets);
    return { record, measurement, judgement: judgeStep(record, measurement, whole.targets) };
  });
  const run = { ...whole, steps };
  writeFileSync(join(directory, 'run.json'), JSON.stringify(run));
  return run;
}

/** A report of Artillery 2: four windows of a rate whose middle two are a plateau, and totals. */
export function artilleryReport(requestsAWindow: number, codes: Record<string, number> = {}): string {
  const counters = (factor: number) => {
    const failed = Object.values(codes).reduce((sum, count) => sum + count, 0);
    const counted = { 'vusers.created': requestsAWindow, 'http.requests': requestsAWindow };
    const answers = { 'http.codes.200': requestsAWindow - failed };
    const others = Object.entries(codes).map(([status, count]) => [`http.codes.${status}`, count] as const);
    const all = { ...counted, ...answers, ...Object.fromEntries(others) };
    return Object.fromEntries(Object.entries(all).map(([name, count]) => [name, count * factor]));
  };
  const summaries = (count: number) => ({
    'http.response_time': { count, max: 20, p99: 19 },
    'vusers.session_length': { count, max: 22, p99: 21 },
  });
  const intermediate = [0, 1, 2, 3].map((index) => ({
    period: String(1_795_472_490_000 + index * 10_000),
    counters: counters(1),
    rates: { 'http.request_rate': requestsAWindow / 10 },
    summaries: summaries(requestsAWindow),
  }));
  return JSON.stringify({
    aggregate: { counters: counters(4), summaries: summaries(4 * requestsAWindow) },
    intermediate,
  });
}
