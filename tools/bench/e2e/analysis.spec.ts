import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, rowOf, startBench, startBenchWith } from './bench-process.ts';

describe('bench:analysis', () => {
  /** The command's own folder for temporary files: others have theirs at the same time. */
  let temporary: string;
  beforeEach(() => {
    temporary = mkdtempSync(join(tmpdir(), 'spillway-bench-e2e-'));
  });
  afterEach(() => rmSync(temporary, { recursive: true }));

  it('finds every answer it wrote, and leaves none', async () => {
    const { ended, printed } = startBenchWith(
      { TMPDIR: temporary },
      'spillway-bench-analysis.cjs',
      '--answers=30000',
      '--rounds=1',
    );
    const isWritten = () =>
      readdirSync(temporary).some((name) =>
        existsSync(join(temporary, name, 'run', 'step-discovery-01.answers.csv')),
      );
    await eventually(isWritten, 'the run is written');
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
    expect(readdirSync(temporary)).toEqual([]);
  }, 60_000);

  it('refuses a number of answers that is none', async () => {
    const { ended, printed } = startBench('spillway-bench-analysis.cjs', '--answers=0');
    expect(await ended).toBe(2);
    expect(printed()).toContain('Want an integer from 1 up.');
  });
});
