import { rowOf, startBench } from './bench-process.ts';

describe('bench:simulate', () => {
  it('times the simulation and both baselines, and judges the claim', async () => {
    const { ended, printed } = startBench('spillway-bench-simulate.cjs', '--share=0.01', '--rounds=1');
    expect(await ended).toBe(0);
    const row = rowOf(printed(), 'Simulated requests', 'flood of 1,000,000/s');
    for (const figure of row.slice(1, 5)) expect(Number(figure)).toBeGreaterThan(0);
    expect(printed()).toContain('1000000 simulated requests a second of CPU');
  });

  it('refuses a share that is none', async () => {
    const { ended, printed } = startBench('spillway-bench-simulate.cjs', '--share=0');
    expect(await ended).toBe(2);
    expect(printed()).toContain('Want a number above 0, at most 1.');
  });
});
