import { execFile } from 'node:child_process';
import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const NPM_TIMEOUT_MS = 60_000;

/**
 * Packs a folder as npm would publish it. The bytes depend on the files alone: npm leaves out times and owners, and
 * permissions are made the same whatever the umask.
 * @returns path of the tarball in `out`
 */
export async function writeTarball(folder: string, out: string): Promise<string> {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) chmodSync(join(entry.parentPath, entry.name), 0o644);
  }
  const arguments_ = ['pack', folder, '--json', '--ignore-scripts', `--pack-destination=${out}`];
  const before = new Set(readdirSync(out));
  await promisify(execFile)('npm', arguments_, { cwd: out, timeout: NPM_TIMEOUT_MS });
  const [tarball] = readdirSync(out).filter((file) => file.endsWith('.tgz') && !before.has(file));
  if (tarball === undefined) throw new Error(`npm pack wrote no tarball into ${out}`);
  return join(out, tarball);
}
