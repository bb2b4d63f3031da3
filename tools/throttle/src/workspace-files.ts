import {
  fingerprintOf,
  parseThrottleConfig,
  type Fingerprint,
  type ThrottleConfig,
} from '@spillway/throttle';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Where the tool reads and writes; absolute paths. */
export interface WorkspaceFiles {
  /** Folder of runs: `<run-id>/run.json`. */
  readonly results: string;
  /** Folder of `throttle.<stage>.json`. */
  readonly config: string;
  /** Folder of `Spillway-<stage>.template.json`. */
  readonly cdkOut: string;
}

/** A file of the workspace that is missing or can't be read; the message says found, wanted, next. */
export class WorkspaceFileError extends Error {
  readonly code = 'WORKSPACE_FILE_UNREADABLE';
  readonly file: string;

  constructor(file: string, next: string, cause: unknown) {
    super(`${file}: ${cause instanceof Error ? cause.message : String(cause)}; ${next}`, { cause });
    this.name = 'WorkspaceFileError';
    this.file = file;
  }
}

/** Path of a stage's throttle file. */
export function throttleFile(files: WorkspaceFiles, stage: string): string {
  return join(files.config, `throttle.${stage}.json`);
}

/**
 * Reads a throttle file.
 * @throws WorkspaceFileError when it is missing, ThrottleConfigError when it is not valid
 */
export function readThrottleFile(file: string): { readonly text: string; readonly config: ThrottleConfig } {
  const text = readConfigText(file);
  return { text, config: parseThrottleConfig(text, basename(file)) };
}

/**
 * Reads a file that should be a throttle file, or like one.
 * @throws WorkspaceFileError when it is missing
 */
export function readConfigText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new WorkspaceFileError(file, 'stages are listed in apps/infra/config/stages.json', cause);
  }
}

/**
 * Fingerprint of what this checkout would deploy to a stage, from the synthesized template.
 * @throws WorkspaceFileError when there is no readable template
 */
export function readDeployedFingerprint(files: WorkspaceFiles, stage: string): Promise<Fingerprint> {
  return readStageTemplateFile(files, stage, fingerprintOf);
}

/**
 * What this checkout would deploy to a stage, from the synthesized template.
 * @throws WorkspaceFileError when there is no readable template
 */
export async function readStageTemplateFile<Found>(
  { cdkOut }: WorkspaceFiles,
  stage: string,
  read: (template: unknown) => Promise<Found>,
): Promise<Found> {
  const file = join(cdkOut, `Spillway-${stage}.template.json`);
  try {
    return await read(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new WorkspaceFileError(file, 'run npx nx synth infra first', cause);
  }
}
