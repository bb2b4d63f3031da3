import type { Command } from 'commander';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** As the command line gives them. */
export interface ParsedWatchOptions {
  readonly watch?: true;
  readonly rebuild?: string;
  readonly source: readonly string[];
}

/** What to watch beside the template and its assets, and what makes them from it. */
export interface WatchOptions {
  /** Folders of sources. */
  readonly sources: readonly string[];
  /** Shell command that is run when a source changes; null: the template and its assets alone are watched. */
  readonly rebuild: string | null;
  /** That the command runs in. */
  readonly workingDirectory: string;
}

const WORKSPACE = fileURLToPath(new URL('../../../../', import.meta.url));

/** What a synthesis of this workspace is made from, and the command for it: from Nx's cache where it can be. */
const WORKSPACE_SOURCES = ['apps/ingest', 'apps/infra', 'libs'] as const;
const WORKSPACE_REBUILD = 'node_modules/.bin/nx synth infra --outputStyle=static';

export function addWatchOptions(command: Command): Command {
  return command
    .option(
      '--watch',
      'plays changes of the code, the template and the limits at once; requests wait meanwhile',
    )
    .option('--rebuild <command>', 'with --watch: makes the template anew when a --source changes')
    .option('--source <folder>', 'with --watch: sources of the template, repeatable', repeated, []);
}

/** What would be ignored, or watched in vain; null where nothing is. Found, wanted, next. */
export function refusedWatchOption(parsed: ParsedWatchOptions, workingDirectory: string): string | null {
  const { watch, rebuild, source } = parsed;
  if (rebuild !== undefined && !watch) return '--rebuild without --watch, want both; add --watch';
  if (source.length > 0 && rebuild === undefined) {
    return '--source without --rebuild, want the command that makes the template from it; add --rebuild=<command>';
  }
  const missing = source.find(
    (folder) => !statSync(resolve(workingDirectory, folder), { throwIfNoEntry: false })?.isDirectory(),
  );
  return missing === undefined
    ? null
    : `--source ${missing}: no such folder, want one of sources; choose another`;
}

/**
 * @param isOwnTemplate it is synthesized by this workspace
 * @returns null if nothing is watched
 */
export function watchOptions(
  parsed: ParsedWatchOptions,
  isOwnTemplate: boolean,
  workingDirectory: string,
): WatchOptions | null {
  if (!parsed.watch) return null;
  const sources = parsed.source.map((folder) => resolve(workingDirectory, folder));
  if (parsed.rebuild !== undefined) return { sources, rebuild: parsed.rebuild, workingDirectory };
  if (!isOwnTemplate) return { sources: [], rebuild: null, workingDirectory };
  return {
    sources: WORKSPACE_SOURCES.map((folder) => resolve(WORKSPACE, folder)),
    rebuild: WORKSPACE_REBUILD,
    workingDirectory: WORKSPACE,
  };
}

function repeated(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value];
}
