import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ShutdownList } from './shutdown-list.ts';
import type { FunctionModel } from './template/function-model.ts';

/**
 * Gives each function whose code is in the template a folder of its own, which is removed at stop.
 * The file is `index.js`, as CloudFormation names it for Node.js.
 */
export async function writeInlineCode(
  functions: readonly FunctionModel[],
  shutdown: ShutdownList,
): Promise<readonly FunctionModel[]> {
  if (functions.every(({ inlineCode }) => inlineCode === null)) return functions;
  const folder = await mkdtemp(join(tmpdir(), 'spillway-inline-'));
  shutdown.add(() => rm(folder, { recursive: true, force: true }));
  return Promise.all(
    functions.map(async (fn, index) => {
      if (fn.inlineCode === null) return fn;
      const bundleDirectory = join(folder, String(index));
      await mkdir(bundleDirectory);
      await writeFile(join(bundleDirectory, 'index.js'), fn.inlineCode);
      return { ...fn, bundleDirectory };
    }),
  );
}
