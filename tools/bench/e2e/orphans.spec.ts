import { once } from 'node:events';
import { descendants, eventually, isAlive, startBench } from './bench-process.ts';

describe.each(['SIGINT', 'SIGKILL'] as const)('a bench ended by %s', (signal) => {
  it('leaves nothing of what it started', async () => {
    const bench = startBench('spillway-bench.cjs', '--only=spillway', '--rounds=1', '--seconds=30');
    const root = bench.child.pid ?? 0;
    // Load, engine, the stage and its environments; the guard itself ends last.
    await eventually(() => descendants(root).length >= 6, 'the stage is under load');
    const started = descendants(root);

    bench.child.kill(signal);
    await once(bench.child, 'exit');

    await eventually(() => !started.some(isAlive), 'all of it is gone');
  }, 180_000);
});
