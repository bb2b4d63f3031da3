import { simulateAnswers, stepRecord } from '../__fixtures__/simulated-stage.ts';
import { inFlightOver } from './in-flight.ts';

const record = stepRecord({
  arrivals: { kind: 'constant', ratePerSecond: 200 },
  warmUpMs: 1000,
  holdMs: 6000,
});
const stage = { servers: 4, capacityPerSecond: 100, service: 'uniform' } as const;

describe('inFlightOver', () => {
  const answers = simulateAnswers(stage, record, 1);
  const { levels, increments } = inFlightOver(answers, 1000, 7000, []);

  it('agrees with counting each instant by hand', () => {
    for (const { atMs, value } of levels.slice(1, -1)) {
      let counted = 0;
      for (let row = 0; row < answers.count; row += 1) {
        const startMs = answers.intendedMs[row]!;
        if (startMs <= atMs && atMs < startMs + answers.latencyMs[row]!) counted += 1;
      }
      expect(Math.abs(value - counted)).toBeLessThanOrEqual(1);
    }
  });

  it('grows by the overload at twice the capacity', () => {
    expect(increments).toHaveLength(10);
    const grown = increments.reduce((sum, increment) => sum + increment, 0);
    expect(grown / 6).toBeGreaterThan(85);
    expect(grown / 6).toBeLessThan(115);
  });

  it('leaves out what touches a window', () => {
    const cut = inFlightOver(answers, 1000, 7000, [{ startMs: 2500, endMs: 2700 }]);
    expect(cut.increments).toHaveLength(9);
    expect(cut.levels.length).toBeLessThan(levels.length);
  });
});
