import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';

const manifestSchema = z.object({
  name: z.string(),
  workspaces: z.array(z.string()).default([]),
});

/**
 * Lends an unpacked commit the packages that are installed here, so that it can run; its own projects find each other,
 * not those of this tree.
 * @param root folder of this workspace
 * @param copy folder of the unpacked commit
 */
export function linkDependencies(root: string, copy: string): void {
  const { workspaces } = readManifest(copy);
  const projects = workspaces.flatMap((pattern) => globSync(pattern, { cwd: copy }));
  const own = new Map(
    projects
      .filter((folder) => existsSync(join(copy, folder, 'package.json')))
      .map((folder) => [readManifest(join(copy, folder)).name, folder]),
  );
  const scopes = new Set([...own.keys()].map((name) => name.split('/')[0]));
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (!scopes.has(name)) link(join(root, 'node_modules', name), join(copy, 'node_modules', name));
  }
  for (const [name, folder] of own) {
    link(join(copy, folder), join(copy, 'node_modules', name));
    // Where two projects want different versions of a package, npm keeps one of them beside its project.
    const nested = join(root, folder, 'node_modules');
    if (existsSync(nested)) link(nested, join(copy, folder, 'node_modules'));
  }
}

function readManifest(folder: string) {
  return manifestSchema.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}
