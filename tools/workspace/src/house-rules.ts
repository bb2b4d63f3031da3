import { parse } from 'yaml';
import * as z from 'zod';

const stepSchema = z.looseObject({
  name: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).default({}),
});

const steps = z.array(stepSchema).default([]);

/** What of a workflow or a composite action the rules look at; actionlint and GitHub's schema see to the rest. */
const githubFileSchema = z.looseObject({
  permissions: z.unknown().optional(),
  jobs: z
    .record(
      z.string(),
      z.looseObject({
        uses: z.string().optional(),
        permissions: z.unknown().optional(),
        'timeout-minutes': z.unknown().optional(),
        steps,
      }),
    )
    .default({}),
  runs: z.looseObject({ steps }).default({ steps: [] }),
});

type GithubFile = z.infer<typeof githubFileSchema>;
type Step = z.infer<typeof stepSchema>;

/** Pinned, with the version that a person reads: `owner/name@<40 digits> # vX.Y.Z`. */
const PINNED_LINE = /uses:\s*\S+@[0-9a-f]{40}\s+#\s*v\d+\.\d+\.\d+\s*$/;

/**
 * What this repository asks of a workflow or a composite action beyond its being valid, one line each.
 * @param file path for the lines
 */
export function checkHouseRules(text: string, file: string): readonly string[] {
  const parsed = githubFileSchema.parse(parse(text));
  const all = [...Object.values(parsed.jobs), parsed.runs].flatMap((group) => group.steps);
  return [
    ...checkJobs(parsed, file),
    ...checkPins(parsed, all, text, file),
    ...all.flatMap((step) => checkStep(step, file)),
  ];
}

function checkJobs({ jobs, permissions }: GithubFile, file: string): string[] {
  return Object.entries(jobs).flatMap(([name, job]) => [
    ...(permissions === undefined && job.permissions === undefined
      ? [`${file}: job ${name} has no permissions, want the least it needs, such as contents: read`]
      : []),
    ...(job.uses === undefined && job['timeout-minutes'] === undefined
      ? [`${file}: job ${name} has no timeout-minutes, want one: GitHub's own are 6 hours`]
      : []),
  ]);
}

function checkPins({ jobs }: GithubFile, all: readonly Step[], text: string, file: string): string[] {
  const called = [...Object.values(jobs), ...all].flatMap(({ uses }) => uses ?? []);
  const moving = called
    .filter((action) => !isPinned(action))
    .map((action) => `${file}: ${action} moves, want its full commit: owner/name@<40 digits> # vX.Y.Z`);
  const unnamed = text
    .split('\n')
    .filter((line) => /uses:\s*\S+@[0-9a-f]{40}/.test(line) && !PINNED_LINE.test(line))
    .map((line) => `${file}: "${line.trim()}" says no version, want # vX.Y.Z behind the commit`);
  return [...moving, ...unnamed];
}

/** A tag can be moved to other code, a commit can't; what is in this repository comes with the commit anyway. */
function isPinned(action: string): boolean {
  return action.startsWith('./') || /@[0-9a-f]{40}$/.test(action);
}

function checkStep({ name, uses, run, with: inputs }: Step, file: string): string[] {
  const what = `step ${JSON.stringify(name ?? uses ?? run?.split('\n')[0])}`;
  return [
    // GitHub writes the value into the script before bash reads it: a branch's name could be a command.
    ...(run?.includes('${{') ? [`${file}: ${what} has an expression in its script, want it in env`] : []),
    ...(uses?.startsWith('actions/checkout@') && inputs['persist-credentials'] !== false
      ? [`${file}: ${what} leaves its token in .git, want persist-credentials: false`]
      : []),
  ];
}
