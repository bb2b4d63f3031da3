import { once } from 'node:events';
import { descendants, eventually, isAlive, rowOf, startBench } from './bench-process.ts';

const BIN = 'spillway-bench-generator.cjs';

describe('bench:generator', () => {
  it('measures ours: its most, its CPU, its pace and what it says of stalls', async () => {
    const { ended, printed } = startBench(BIN, '--quick', '--seconds=1', '--tools=spillway', '--markdown');
    expect(await ended).toBe(0);
    const text = printed();
    const [, rounds, perSecond, , cpuMs] = rowOf(text, 'Most on one core', 'spillway');
    expect(rounds).toBe('1');
    expect(Number(perSecond?.replace('≥ ', ''))).toBeGreaterThan(10);
    expect(Number(cpuMs)).toBeGreaterThan(0);
    expect(rowOf(text, 'Sent in time', 'spillway')).toHaveLength(5);
    const [, whole] = rowOf(text, 'CPU a request', 'spillway');
    expect(Number(whole)).toBeGreaterThan(0);
    expect(rowOf(text, 'Constant 500/s', 'spillway')).toHaveLength(5);
    const [, seed, gaps] = rowOf(text, 'Poisson 500/s', 'spillway, round 1');
    expect(seed).toBe('1');
    expect(Number(gaps)).toBeGreaterThan(500);
    const [, , stalls, trueP99] = rowOf(text, 'A server that stands still', 'spillway (its answers file)');
    expect(stalls).toBe('2');
    expect(Number(trueP99)).toBeGreaterThan(900);
    expect(text).toContain('| stalled server: p99 within 2 % of the analytic value |');
  }, 240_000);

  it.each([
    ['a tool', '--tools=nobody', 'Want some of spillway, artillery, autocannon, wrk'],
    ['a part', '--only=nothing', 'Want some of rates, cpu, pacing, stall'],
  ])('refuses %s it does not know', async (_what, argument, message) => {
    const { ended, printed } = startBench(BIN, argument);
    expect(await ended).toBe(2);
    expect(printed()).toContain(message);
  });

  it.each(['SIGINT', 'SIGKILL'] as const)(
    'leaves nothing of what it started when %s ends it',
    async (signal) => {
      const bench = startBench(BIN, '--quick', '--tools=spillway', '--only=stall');
      const root = bench.child.pid ?? 0;
      // Server, guard and Artillery.
      await eventually(() => descendants(root).length >= 3, 'a tool is under way');
      const started = descendants(root);

      bench.child.kill(signal);
      await once(bench.child, 'exit');

      await eventually(() => !started.some(isAlive), 'all of it is gone');
    },
    120_000,
  );
});
