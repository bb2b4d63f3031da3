import { fingerprintChanges, type RunRecord } from '@spillway/capacity';
import type { ListedRun } from '@spillway/run-files';

const HEADER = [
  'run',
  'finished',
  'stage',
  'profile',
  'sustained',
  'bound by',
  'limits',
  'verified',
  'changed',
];

/**
 * Runs as a table, newest first. `changed` is what differs from the run of the stage before it; runs that can't be
 * read are named below with the reason, never left out.
 * @param runs as `listRuns` gives them
 */
export function historyLines(
  runs: readonly ListedRun[],
  { directory, stage }: { readonly directory: string; readonly stage: string | null },
): readonly string[] {
  const read = runs.flatMap(({ run }) => (typeof run === 'string' ? [] : [run]));
  const shown = read.filter((run) => stage === null || run.stage === stage);
  const unread = runs.flatMap(({ id, run, reason }) =>
    typeof run === 'string' ? [`${id}  ${reason ?? `${run} (still running, killed, or no run)`}`] : [],
  );
  const none = `${directory} has no run${stage === null ? '' : ` of stage ${stage}`}; npx nx run loadtest${stage === null || stage === 'local' ? '' : ` --stage=${stage}`} makes one`;
  return [
    ...(shown.length === 0
      ? [none]
      : table([HEADER, ...shown.map((run, index) => cells(run, shown.slice(index + 1)))])),
    ...(unread.length === 0 ? [] : ['', 'Not readable', ...unread.map((line) => `  ${line}`)]),
  ];
}

function cells(run: RunRecord, older: readonly RunRecord[]): string[] {
  return [
    run.runId,
    `${run.finishedAt.slice(0, 10)} ${run.finishedAt.slice(11, 16)}`,
    run.stage,
    run.profile,
    sustained(run),
    run.binding?.by.replaceAll('-', ' ') ?? '–',
    limits(run),
    run.replay ? (run.replay.verified ? run.replay.of : 'no') : '–',
    changed(run, older),
  ];
}

function sustained({ status, estimate }: RunRecord): string {
  if (!estimate) return status === 'complete' ? '–' : status;
  const { lowerPerSecond, upperPerSecond, conclusive } = estimate;
  return `[${lowerPerSecond ?? '–'}, ${upperPerSecond ?? '–'}]${conclusive ? '' : ' ?'}`;
}

function limits({ recommendation }: RunRecord): string {
  if (!recommendation) return '–';
  const { rateLimit, burstLimit, reservedConcurrency } = recommendation.limits;
  return `${rateLimit}/s b ${burstLimit} c ${reservedConcurrency}`;
}

function changed(run: RunRecord, older: readonly RunRecord[]): string {
  const before = older.find(({ stage }) => stage === run.stage);
  if (!before) return 'first';
  const names = { 'function bundle': 'bundle', template: 'template', 'memory size': 'memory' } as const;
  const changes = fingerprintChanges(before.fingerprint, run.fingerprint);
  return changes.map(({ what, from, to }) => `${names[what]} ${from} → ${to}`).join(', ') || 'nothing';
}

/** Columns as wide as their widest cell, two spaces apart. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = HEADER.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
