import path from 'node:path';
import type { StepArrivals } from './pace.ts';
import { readRecording, type Recording } from './replay-file.ts';
import type { Pace } from './step-options.ts';

/** A pace with all it needs in memory: what follows is a function of it alone. */
export type ReadyPace = Omit<Pace, 'arrivals' | 'holdMs'> & {
  readonly arrivals: StepArrivals;
  readonly holdMs: number;
};

/**
 * Reads what a pace refers to. Says so on stderr where a recording is not sent just as it is in its file.
 * @param scenarioFile Artillery's `$scenarioFile`; a relative path starts beside it, as `config.payload.path` does,
 * and at the working directory where Artillery names none
 * @throws ReplayFileError
 */
export async function readyPace(pace: Pace, scenarioFile: unknown): Promise<ReadyPace> {
  const { arrivals, warmUpMs, holdMs } = pace;
  if (arrivals.kind !== 'replay') return { ...pace, arrivals, holdMs: holdMs ?? 0 };

  const directory = typeof scenarioFile === 'string' ? path.dirname(scenarioFile) : process.cwd();
  const recording = await readRecording(arrivals, directory);
  const { instantsMs } = recording;
  const lastMs = instantsMs.at(-1) ?? 0;
  // An arrival lies before the end of its span, so the last one needs 1 ms more.
  const readyHoldMs = holdMs ?? Math.max(0, lastMs + 1 - warmUpMs);
  for (const remark of remarksOn(recording, warmUpMs + readyHoldMs)) console.error(remark);
  return { ...pace, arrivals: { kind: 'recorded', instantsMs }, holdMs: readyHoldMs };
}

/** What of a recording is not sent as it stands. @param spanMs warm-up and hold */
export function remarksOn({ file, instantsMs, outOfOrder }: Recording, spanMs: number): string[] {
  const beyond = instantsMs.filter((instantMs) => instantMs >= spanMs).length;
  const of = `of ${instantsMs.length} instants`;
  return [
    ...(outOfOrder > 0 ? [`${file}: ${outOfOrder} ${of} came before the one above them; sorted`] : []),
    ...(beyond > 0
      ? [`${file}: ${beyond} ${of} lie beyond the step's ${spanMs} ms (warm-up and hold) and are not sent`]
      : []),
  ];
}
