import type { Answers } from '@spillway/capacity';
import { readAnswersFile } from '@spillway/run-files';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { generatorReportSchema, type GeneratorReport } from './generator/generator-report.ts';
import { DirectoryPlace } from './generator/shards/directory-place.ts';
import { mergeShards } from './generator/shards/merge-shards.ts';
import type { ResultPlace } from './generator/shards/result-place.ts';
import { shardFolder } from './generator/shards/shard-files.ts';
import { readShards } from './generator/shards/shard-record.ts';
import { stepFiles } from './generator/step-files.ts';
import type { StepRequest, TakenStep } from './run-step.ts';
import { StepResultsError } from './step-error.ts';

/**
 * What one generator left of a step.
 * @param directory the results directory, absolute
 * @throws StepResultsError when a file is missing or not as the engine writes it
 */
export async function readStep(request: StepRequest, directory: string): Promise<TakenStep> {
  const files = stepFiles(request.name);
  const report = await readResult(request.name, path.join(directory, files.generator), async (file) =>
    generatorReportSchema.parse(JSON.parse(await readFile(file, 'utf8'))),
  );
  const answers = await readResult(request.name, path.join(directory, files.answers), (file) =>
    readAnswersFile(file, report.sent),
  );
  return takenOf(request, report, answers);
}

/**
 * What several generators left of a step, merged; the directory then holds the same files as of one generator.
 * @param results where the generators' shares are
 * @throws ShardError when a share is missing; AnswersFileError when one is not whole
 */
export async function mergeStep(
  request: StepRequest,
  directory: string,
  results: ResultPlace,
): Promise<TakenStep> {
  const shards = await readShards(results.within(shardFolder(request.name)), request.name);
  const { answers, report, pieces } = mergeShards(request.name, shards);
  const files = stepFiles(request.name);
  const merged = new DirectoryPlace(directory);
  await merged.putPieces(files.answers, pieces);
  await merged.put(files.generator, `${JSON.stringify(report, null, 2)}\n`);
  return takenOf(request, report, answers);
}

function takenOf(request: StepRequest, report: GeneratorReport, answers: Answers): TakenStep {
  const { name, purpose, arrivals, warmUpMs, holdMs, limits, payloadBytes, horizonMs } = request;
  const { startedAt, intended, sent, generator, host } = report;
  const asked = { name, purpose, arrivals, warmUpMs, holdMs, limits, payloadBytes, horizonMs };
  const answersFile = stepFiles(name).answers;
  return {
    record: { ...asked, startedAt, intended, sent, generator, host, stage: null, answersFile },
    answers,
  };
}

async function readResult<T>(
  stepName: string,
  file: string,
  read: (file: string) => T | Promise<T>,
): Promise<T> {
  try {
    return await read(file);
  } catch (cause) {
    throw new StepResultsError(stepName, file, cause);
  }
}
