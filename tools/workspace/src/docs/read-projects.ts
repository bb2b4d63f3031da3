import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import type { Projects } from './command-meaning.ts';

const projectSchema = z.looseObject({
  name: z.string(),
  targets: z
    .record(
      z.string(),
      z.looseObject({
        command: z.string().optional(),
        options: z.looseObject({ command: z.string().optional(), cwd: z.string().optional() }).default({}),
      }),
    )
    .default({}),
});

/**
 * Projects of a workspace, and for each target the shell line that runs its command from the workspace's folder.
 * `typecheck` is inferred by Nx wherever there is a tsconfig.json.
 */
export function readProjects(root: string): Projects {
  const files = globSync('{apps,libs,tools}/*/project.json', { cwd: root });
  return new Map(
    files.map((file) => {
      const { name, targets } = projectSchema.parse(JSON.parse(readFileSync(join(root, file), 'utf8')));
      const folder = dirname(file);
      const commands = Object.entries(targets).map(([target, { command, options }]) => {
        const line = command ?? options.command;
        const cwd = (options.cwd ?? '.').replace('{workspaceRoot}', '.').replace('{projectRoot}', folder);
        return [target, line === undefined ? null : `cd ${cwd} && ${line}`] as const;
      });
      const inferred = existsSync(join(root, folder, 'tsconfig.json')) ? [['typecheck', null] as const] : [];
      return [name, new Map([...inferred, ...commands])];
    }),
  );
}
