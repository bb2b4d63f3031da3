import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, rowOf, startBench } from './bench-process.ts';

/** Folders with a run in them; other specs have folders of their own at the same time. */
const scratches = () =>
  readdirSync(tmpdir()).filter((name) =>
    existsSync(join(tmpdir(), name, 'run', 'step-discovery-01.answers.csv')),
  );

describe('bench:analysis', () => {
  it('finds every answer it wrote, and leaves none', async () => {
    const { ended, printed } = startBench('spillway-bench-analysis.cjs', '--answers=30000', '--rounds=1');
    await eventually(() => scratches().length > 0, 'the run is written');
    expect(await ended).toBe(0);
    const text = printed();
    expect(text).toContain('30000 answers, steps: 1,');
    for (const name of ['read and count lines', 'analysis']) {
      for (const figure of rowOf(text, '30000 answers', name).slice(1, 6)) {
        expect(Number(figure)).toBeGreaterThan(0);
      }
    }
    expect(rowOf(text, 'What is to be shown', '10000000 answers analysed within 10 s')[2]).toBe(
      'not measured',
    );
    expect(scratches()).toEqual([]);
  }, 60_000);

  it('refuses a number of answers that is none', async () => {
    const { ended, printed } = startBench('spillway-bench-analysis.cjs', '--answers=0');
    expect(await ended).toBe(2);
    expect(printed()).toContain('Want an integer from 1 up.');
  });
});
