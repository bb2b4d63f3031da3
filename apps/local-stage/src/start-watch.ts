import type { LocalStageOptions } from './local-stage.ts';
import type { ShutdownList } from './shutdown-list.ts';
import type { StageModel } from './template/stage-model.ts';
import { FolderWatch } from './watch/folder-watch.ts';
import { RebuildCommand } from './watch/rebuild-command.ts';
import { RebuildLoop, type RebuildOutcome } from './watch/rebuild-loop.ts';
import type { RequestGate } from './watch/request-gate.ts';

/**
 * Plays what changes, if `--watch` asks for it. With a command the sources are watched, and the command makes the
 * template and its assets; without one these are watched themselves.
 * @param reload plays the template as it is now; throws what a start would throw
 */
export function startWatch(
  model: StageModel,
  gate: RequestGate,
  options: LocalStageOptions,
  shutdown: ShutdownList,
  reload: () => Promise<StageModel>,
): void {
  const { watch } = options;
  if (!watch) return;
  const command = watch.rebuild === null ? null : new RebuildCommand(watch.rebuild, watch.workingDirectory);
  const loop = new RebuildLoop(
    {
      rebuild: async () => command?.run() ?? { ok: true },
      reload: () =>
        outcomeOf(async () => {
          const next = await reload();
          if (!command) followTemplate(folders, next, options.templateFile);
        }),
      report: options.report,
    },
    gate,
  );
  const folders = new FolderWatch(() => loop.changed());
  if (command) folders.follow(watch.sources, []);
  else followTemplate(folders, model, options.templateFile);
  shutdown.add(async () => {
    folders.close();
    await command?.close();
    await loop.close();
  });
}

function followTemplate(folders: FolderWatch, model: StageModel, templateFile: string): void {
  const bundles = model.functions.filter(({ inlineCode }) => inlineCode === null);
  folders.follow(
    bundles.map(({ bundleDirectory }) => bundleDirectory),
    // The folders of assets are made anew by some tools: the one above them tells.
    [
      templateFile,
      templateFile.replace(/template\.\w+$/, 'assets.json'),
      ...bundles.map((fn) => fn.bundleDirectory),
    ],
  );
}

async function outcomeOf(work: () => Promise<void>): Promise<RebuildOutcome> {
  try {
    await work();
    return { ok: true };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}
