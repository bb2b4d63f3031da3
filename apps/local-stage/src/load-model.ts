import { lendSdk } from './lend-sdk.ts';
import type { LocalStageOptions } from './local-stage.ts';
import type { ShutdownList } from './shutdown-list.ts';
import { notPlayedLines } from './template/not-played-lines.ts';
import { readTemplate } from './template/read-template.ts';
import { buildStageModel, type StageModel } from './template/stage-model.ts';
import { writeInlineCode } from './write-inline-code.ts';

/**
 * The template file → what is played of it, with all code in folders and the SDK beside it.
 * @param named what was named as not played before, and is not again
 * @throws TemplateError
 */
export async function loadModel(
  options: LocalStageOptions,
  shutdown: ShutdownList,
  named: readonly string[] = [],
): Promise<StageModel> {
  const declared = buildStageModel(await readTemplate(options.templateFile, options.given), options.region);
  const notPlayed = declared.notPlayed.filter((each) => !named.includes(each));
  for (const line of notPlayedLines(notPlayed)) options.report(line);
  const written = await writeInlineCode(declared.functions, shutdown);
  return { ...declared, functions: await lendSdk(written) };
}
