import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Names the CDK gives to what it writes for a stack or an asset. */
const STACK_OR_ASSET = /^asset\.|\.(assets|metadata|template)\.json$/;

/**
 * Removes bundles and stacks of earlier syntheses, which the CDK leaves behind: the assembly of one commit is then
 * the same files on every machine. What the assembly still holds is not touched, so that a stage at play keeps its
 * bundle; neither is anything the CDK did not write.
 */
export function pruneAssembly(outdir: string): void {
  const manifest = readFileSync(join(outdir, 'manifest.json'), 'utf8');
  const written = readdirSync(outdir).filter((name) => STACK_OR_ASSET.test(name));
  const assetLists = written
    .filter((name) => name.endsWith('.assets.json') && manifest.includes(`"${name}"`))
    .map((name) => readFileSync(join(outdir, name), 'utf8'));
  const mentions = [manifest, ...assetLists];
  for (const name of written) {
    if (mentions.some((text) => text.includes(`"${name}"`))) continue;
    rmSync(join(outdir, name), { recursive: true });
  }
}
