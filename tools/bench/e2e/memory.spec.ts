import { rowOf, startBench } from './bench-process.ts';

describe('bench:memory', () => {
  it('sends as many requests as it is told, and each is answered once', async () => {
    const { ended, printed } = startBench('spillway-bench-memory.cjs', '--requests=1000', '--environments=2');
    expect(await ended).toBe(0);
    const text = printed();
    for (const bytes of rowOf(text, 'Memory, window', '1000').slice(2)) {
      expect(Number(bytes)).toBeGreaterThan(1);
    }
    expect(text).toContain('200: 1000; 0 request ids seen twice');
    expect(text).toContain(' 0 lost, 0 never sent');
  }, 180_000);
});
