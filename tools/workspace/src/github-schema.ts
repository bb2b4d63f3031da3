import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { parseAction } from '@actions/workflow-parser/actions/action-parser';

/** What a file under `.github` describes. */
export type GithubFileKind = 'workflow' | 'action';

const PARSERS = { workflow: parseWorkflow, action: parseAction };

/**
 * What GitHub's own schema of workflows and actions finds, its expressions among it, one line each. Its parser is what
 * GitHub's editor extension runs.
 * @param file path for the lines
 */
export function checkGithubSchema(kind: GithubFileKind, text: string, file: string): readonly string[] {
  const { context } = PARSERS[kind]({ name: file, content: text }, new NoOperationTraceWriter());
  return context.errors
    .getErrors()
    .map(({ message }) => (message.startsWith(file) ? message : `${file}: ${message}`));
}
