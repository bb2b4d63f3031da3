import type { Command } from 'commander';
import { resolve } from 'node:path';
import { environment } from '../environment.ts';
import { findDeployed } from '../find-deployed.ts';
import { isHeld } from '../lease/holder.ts';
import { LeaseHeldError } from '../lease/lease-error.ts';
import { FunctionTags } from '../lease/lease-store.ts';
import { describeLease } from '../lease/lease.ts';
import { putBack } from '../lease/put-back.ts';
import { removeRunEntries } from '../remove-run-entries.ts';
import { stageText } from '../stage/stage-text.ts';
import type { CommandTerms } from './command-terms.ts';
import { addDeployedOptions, type DeployedOptions } from './deployed-options.ts';

interface RestoreOptions extends DeployedOptions {
  readonly keep: boolean;
  readonly force: boolean;
}

/** `restore`: what a run left behind that ended without a word. */
export function addRestoreCommand(program: Command, terms: CommandTerms): void {
  const command = program
    .command('restore')
    .description(
      'Puts back the limits of a deployed stage, and removes the entries, of a run that was killed, as its lease on the\n' +
        'stage says. Where there is no lease, there is nothing to do: it may be run at any time.',
    )
    .option('--keep', 'the entries of the run stay in the table', false)
    .option('--force', 'also where the run may still be alive, or the stack was deployed meanwhile', false);
  addDeployedOptions(command).action(async (options: RestoreOptions) => {
    terms.finish((await restore(options, terms)) ? 0 : 1);
  });
}

/** @returns whether the stage is as if the run had never been */
async function restore({ keep, force, ...options }: RestoreOptions, terms: CommandTerms): Promise<boolean> {
  const configDir = resolve(terms.workspace, options.configDir);
  const stage = await findDeployed({ ...options, configDir, variable: environment.variable });
  const where = stageText(stage);
  terms.print(`Stage           ${where.replace(/^stage /, '')}, stack ${stage.stackName}`);
  const store = new FunctionTags(stage.lambda, stage.functionName);
  const lease = await store.read();
  if (lease === null) {
    terms.print('Lease           none: nothing to put back');
    return true;
  }
  if (!force && isHeld(lease, Date.now()))
    throw new LeaseHeldError(where, lease, 'pass --force where that run is dead');
  terms.print(`Lease           ${describeLease(lease)}`);
  const progress = { line: terms.print };
  await putBack(stage, lease, progress, force);
  // From here on a second try must not put back what a deployment may have set since.
  await store.write({ ...lease, state: 'restored', untilMs: Date.now() });
  const marker = `loadtest.${lease.runId}.`;
  if (keep) {
    terms.print(`Entries         kept: their ids start with ${marker}`);
  } else {
    const removed = await removeRunEntries(stage, lease.runId, new AbortController().signal);
    terms.print(removed.line.replace('<stage>', options.stage));
    if (!removed.isDone) return false;
  }
  await store.remove();
  terms.print('Lease           removed');
  return true;
}
