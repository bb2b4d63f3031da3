import { arrivalStream, simulate, uniforms } from '@spillway/simulation';
import { plainLoop } from './plain-loop.ts';
import type { SimulatedLoad } from './simulated-loads.ts';

/** Requests that a program went through, and the CPU it took. */
export interface SimulationUse {
  readonly requests: number;
  readonly cpuMs: number;
}

/** The model and its two baselines on the same arrivals, one after the other in this process. */
export interface SimulationRound {
  readonly arrivals: SimulationUse;
  readonly plain: SimulationUse;
  readonly simulation: SimulationUse;
}

/** @param seed of the arrivals: the same requests for all three */
export function measureSimulation(load: SimulatedLoad, seed: number): SimulationRound {
  const stream = () => {
    const arrivals = arrivalStream(load.load.arrivals, uniforms(seed, 'arrivals'));
    return () => arrivals.next();
  };
  return {
    arrivals: timed(() => drawn(stream())),
    plain: timed(() => plainLoop(load, stream())),
    simulation: timed(() => {
      const { totals } = simulate(load.stage, load.load, { seed, lateMs: 500 });
      return totals.requests + totals.retries;
    }),
  };
}

function drawn(next: () => number): number {
  let requests = 0;
  while (next() < Infinity) requests += 1;
  return requests;
}

/** CPU of the whole process: the collector's threads count too. */
function timed(run: () => number): SimulationUse {
  const before = process.cpuUsage();
  const requests = run();
  const { user, system } = process.cpuUsage(before);
  return { requests, cpuMs: (user + system) / 1000 };
}
