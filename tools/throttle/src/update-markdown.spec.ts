import { NOW_MS, TemporaryWorkspace } from './__fixtures__/temporary-workspace.ts';
import { update } from './update.ts';
import { updateMarkdown } from './update-markdown.ts';

describe('updateMarkdown', () => {
  let workspace: TemporaryWorkspace;
  beforeEach(() => {
    workspace = new TemporaryWorkspace();
  });
  afterEach(() => workspace.remove());

  const markdown = async (page?: string) => {
    const outcome = await update({ files: workspace, stage: 'local', dryRun: false, nowMs: NOW_MS });
    return updateMarkdown(outcome, workspace.root, page);
  };

  it('has the diff, the reasons, the checklist as the change leaves it, and the page', async () => {
    const { runId } = await workspace.addRun();
    const text = await markdown();
    expect(text).toMatch(
      /```diff\n--- apps\/infra\/config\/throttle\.local\.json\n[^`]*\+ {4}"rateLimit": 912,/,
    );
    expect(text).toContain('| `rateLimit` | **912** requests/s | 1,000 | 0.8 × 1140/s');
    expect(text).toMatch(/\| limits updated from results \| answered \|/);
    expect(text).toMatch(/\| re-tested after infrastructure changes \| answered \|/);
    expect(text).toContain(`Page: \`results/${runId}/report.html\``);
  });

  it('links the page where it is told', async () => {
    await workspace.addRun();
    expect(await markdown('https://example.com/page')).toContain('Page: <https://example.com/page>');
  });

  it('says why there is no change, with the stage and the run', async () => {
    const { runId } = await workspace.addRun({ audit: null });
    expect(await markdown()).toBe(
      `# No change of \`apps/infra/config/throttle.local.json\`\n\nRun \`${runId}\` of stage local doesn't support one:\n\n- the durability audit did not take place\n`,
    );
  });

  it('says that the file already holds it', async () => {
    await workspace.addRun();
    await markdown();
    expect(await markdown()).toContain('Stage local: it already holds the limits of run');
  });
});
