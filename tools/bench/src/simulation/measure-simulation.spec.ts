import { simulate } from '@spillway/simulation';
import { measureSimulation } from './measure-simulation.ts';
import { simulatedLoads } from './simulated-loads.ts';

describe(measureSimulation.name, () => {
  it.each(simulatedLoads(0.001))('sends the same arrivals through all three: $name', (load) => {
    const { arrivals, plain, simulation } = measureSimulation(load, 3);
    const { totals } = simulate(load.stage, load.load, { seed: 3, lateMs: 500 });
    expect(arrivals.requests).toBe(totals.requests);
    expect(plain.requests).toBe(totals.requests);
    expect(simulation.requests).toBe(totals.requests + totals.retries);
  });
});
