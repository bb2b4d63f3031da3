import { grouped } from '@spillway/capacity';
import type { RunPlace } from '@spillway/run-files';
import { InvalidArgumentError, Option } from 'commander';
import type { Paint } from './diff-text.ts';
import type { WorkspaceFiles } from './workspace-files.ts';

/** What the commands need of the process. */
export interface Surroundings {
  /** Workspace that this tool is part of; `--workspace` names another. */
  readonly workspace: string;
  readonly nowMs: number;
  readonly paint: Paint;
  readonly print: (text: string) => void;
}

/** What a command is given: its surroundings, the folders named on the command line, and where its exit code goes. */
export interface CommandTerms extends Surroundings {
  readonly files: () => WorkspaceFiles & RunPlace;
  /** 0 done, 1 refused or failed check. */
  readonly finish: (exitCode: 0 | 1) => void;
}

export function stageOption(): Option {
  return new Option('--stage <stage>', 'stage, as in throttle.<stage>.json').argParser((value: string) => {
    if (/^[a-z][a-z0-9-]*$/.test(value)) return value;
    throw new InvalidArgumentError('want lower-case letters, digits and dashes, such as local or dev.');
  });
}

/** Parser of an option that takes a number above 0, up to `most`. @param unit such as `milliseconds` */
export function positiveNumber(unit: string, most = Number.MAX_VALUE): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && value > 0 && value <= most) return value;
    const upTo = most < Number.MAX_VALUE ? `, at most ${grouped(most)}` : '';
    throw new InvalidArgumentError(`want a number of ${unit} above 0${upTo}.`);
  };
}
