import type { ContestantRun, FailedRun } from './contestant-run.ts';
import type { Contestant } from './contestants/contestant.ts';
import { LIMIT } from './contestants/roster.ts';
import { spillway, spillwayAsDeployed } from './contestants/spillway.ts';
import { measureContestant, measureFlood, type BenchSetting } from './measure-contestant.ts';
import { measureLimit } from './measure-limit.ts';
import type { Pair } from './report/pairs.ts';

/** Who takes part. */
export interface Field {
  readonly peers: readonly Contestant[];
  readonly hasLimit: boolean;
  readonly hasSpillway: boolean;
}

export interface BenchOutcome {
  readonly runs: readonly ContestantRun[];
  readonly peerPairs: readonly Pair[];
  readonly limitPairs: readonly Pair[];
  readonly failures: readonly FailedRun[];
}

/**
 * Measures all in turn, ours after each other one, round after round.
 * @param report takes a line on what is going on
 */
export async function runBench(
  field: Field,
  setting: BenchSetting,
  report: (line: string) => void,
): Promise<BenchOutcome> {
  const runs: ContestantRun[] = [];
  const failures: FailedRun[] = [];
  const peerPairs: Pair[] = [];
  const limitPairs: Pair[] = [];
  const attempt = async (name: string, round: number, measure: () => Promise<ContestantRun>) => {
    report(`round ${round}/${setting.plan.rounds}  ${name}`);
    try {
      const run = await measure();
      runs.push(run);
      return run;
    } catch (error) {
      // One contestant that breaks must not take the others' figures along.
      const reason = error instanceof Error ? error.message : String(error);
      failures.push({ name, round, reason });
      report(`round ${round}/${setting.plan.rounds}  ${name} failed: ${reason}`);
      return null;
    }
  };
  const pair = async (round: number, pairs: Pair[], name: string, measure: () => Promise<ContestantRun>) => {
    const other = await attempt(name, round, measure);
    if (!field.hasSpillway) return;
    const ours = await attempt(spillway.name, round, () => measureContestant(spillway, setting, round));
    if (other && ours) pairs.push({ other, spillway: ours });
  };
  for (const peer of field.peers) await peer.install();
  for (let round = 1; round <= setting.plan.rounds; round += 1) {
    for (const peer of field.peers) {
      await pair(round, peerPairs, peer.name, () => measureContestant(peer, setting, round));
    }
    if (field.hasLimit) await pair(round, limitPairs, LIMIT, () => measureLimit(setting, round));
    if (!field.hasSpillway) continue;
    if (field.peers.length === 0 && !field.hasLimit) {
      await attempt(spillway.name, round, () => measureContestant(spillway, setting, round));
    }
    const deployed = spillwayAsDeployed;
    await attempt(deployed.name, round, () => measureFlood(deployed, setting, round));
  }
  return { runs, peerPairs, limitPairs, failures };
}
