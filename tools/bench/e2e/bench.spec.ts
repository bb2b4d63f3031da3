import { rowOf, startBench } from './bench-process.ts';

describe('bench', () => {
  it('measures ours and the limit in turn, and finds every acknowledged entry stored', async () => {
    const { ended, printed } = startBench(
      'spillway-bench.cjs',
      '--only=spillway,limit',
      '--rounds=1',
      '--seconds=1',
      '--markdown',
    );
    expect(await ended).toBe(0);
    const text = printed();
    for (const title of ['32 connections', '4 in flight', '300/s', '600/s', '900/s', 'Flood']) {
      expect(rowOf(text, title, 'spillway').length).toBeGreaterThan(4);
    }
    for (const title of ['32 connections', '4 in flight', 'spillway / other']) {
      expect(rowOf(text, title, 'limit').length).toBeGreaterThan(4);
    }
    const [, served, refused, failed] = rowOf(text, 'Flood', 'spillway as deployed').map(Number);
    expect([(served ?? 0) + (refused ?? 0), failed]).toEqual([1_000, 0]);
    for (const name of ['limit', 'spillway', 'spillway as deployed']) {
      const [, acknowledged, lost, , neverSent] = rowOf(text, 'Audit', name).map(Number);
      expect(acknowledged).toBeGreaterThan(50);
      expect([lost, neverSent]).toEqual([0, 0]);
    }
    expect(text).toContain('| 4 in flight: ≥ 0.75 × the limit |');
  }, 180_000);

  it('refuses a contestant it does not know', async () => {
    const { ended, printed } = startBench('spillway-bench.cjs', '--only=nobody');
    expect(await ended).toBe(2);
    expect(printed()).toContain('Want some of spillway, limit');
  });
});
