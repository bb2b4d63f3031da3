import type { RunRecord } from '@spillway/capacity';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sync as writeFileAtomic } from 'write-file-atomic';

/** Where one run leaves its evidence: `results/<run-id>/`. */
export class ResultsDirectory {
  readonly path: string;
  readonly runId: string;

  constructor(root: string, runId: string) {
    this.runId = runId;
    this.path = join(root, runId);
    mkdirSync(this.path, { recursive: true });
    writeFileSync(join(root, '.gitignore'), '*\n');
  }

  /** A file that is whole or absent. @returns its path */
  write(name: string, text: string): string {
    const file = join(this.path, name);
    writeFileAtomic(file, text);
    return file;
  }

  writeRun(run: RunRecord): string {
    return this.write('run.json', `${JSON.stringify(run, null, 2)}\n`);
  }
}

/** A run's id: sortable, safe in a path and in an entry's id, such as `20260131-142501-k3f9`. */
export function newRunId(now: Date, random: () => number): string {
  const stamp = now.toISOString().replaceAll(/[-:]/g, '').replace('T', '-').slice(0, 15);
  const suffix = Math.floor(random() * 36 ** 4).toString(36);
  return `${stamp}-${suffix.padStart(4, '0')}`;
}
