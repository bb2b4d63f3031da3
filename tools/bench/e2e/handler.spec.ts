import { rowOf, startBench } from './bench-process.ts';

describe('bench:handler', () => {
  it('measures all handlers on the same entries, every one of which is stored, and judges the claims', async () => {
    const { ended, printed } = startBench(
      'spillway-bench-handler.cjs',
      '--rounds=1',
      '--invocations=20',
      '--starts=1',
    );
    expect(await ended).toBe(0);
    const text = printed();
    for (const name of ['smallest', 'smallest, whole SDK', 'ingest']) {
      const figures = rowOf(text, 'Medians, rounds: 1', name).slice(1);
      expect(figures).toHaveLength(6);
      for (const figure of figures) expect(Number(figure)).toBeGreaterThan(0);
    }
    const batch = rowOf(text, 'Medians, rounds: 1', 'ingest, an entry of a batch of 100');
    expect(Number(batch.at(-1))).toBeGreaterThan(0);
    const claim = rowOf(text, 'What is to be shown', "CPU of init ≤ 1.25 × the smallest handler's");
    expect(claim.at(-1)).toBe('not measured');
  }, 120_000);

  it('refuses a number of rounds that is none', async () => {
    const { ended, printed } = startBench('spillway-bench-handler.cjs', '--rounds=0');
    expect(await ended).toBe(2);
    expect(printed()).toContain('Want an integer from 1 up.');
  });
});
