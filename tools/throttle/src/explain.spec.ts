import { NOW_MS, TemporaryWorkspace } from './__fixtures__/temporary-workspace.ts';
import { explain } from './explain.ts';
import { update } from './update.ts';

describe('explain', () => {
  let workspace: TemporaryWorkspace;
  beforeEach(() => {
    workspace = new TemporaryWorkspace();
  });
  afterEach(() => workspace.remove());

  it('asks for a duration where nobody measured one', () => {
    const { sentences, isCoherent } = explain(workspace.file);
    expect(sentences.at(-1)).toContain('--duration-ms');
    expect(isCoherent).toBe(false);
  });

  it('says what Lambda refuses at the duration given', () => {
    expect(explain(workspace.file, 100).sentences.join()).toMatch(
      /At 100 ms .*refuses 7\.57 % of the rated load/,
    );
  });

  it('takes the measured duration where the file has one, and finds no contradiction in what update wrote', async () => {
    await workspace.addRun();
    await update({ files: workspace, stage: 'local', dryRun: false, nowMs: NOW_MS });
    const { sentences, contradictions } = explain(workspace.file);
    expect(sentences.join()).toContain('At 3.4 ms a request');
    expect(contradictions).toEqual([]);
  });
});
