import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const left = new Set<string>();

// Ctrl-C ends the process in the middle of a run: its folder must not stay.
process.on('exit', () => left.forEach((directory) => rmSync(directory, { recursive: true, force: true })));

/** A folder for one run. */
export function makeScratch(): string {
  const directory = mkdtempSync(join(tmpdir(), 'spillway-bench-'));
  left.add(directory);
  return directory;
}

export function removeScratch(directory: string): void {
  left.delete(directory);
  rmSync(directory, { recursive: true, force: true });
}
