import { build, type Metafile } from 'esbuild';
import { readBuildOptions } from './build-options.ts';

/** How large the function's bundle is, and whose code that is. */
export interface BundleSizes {
  readonly bytes: number;
  /** Bytes by package, or by project of this workspace; largest first. */
  readonly packages: Readonly<Record<string, number>>;
}

/** Growth of the whole bundle that needs no record. */
export const SMALL_GROWTH_RATIO = 0.05;

/** Builds the bundle in memory. @param projectDirectory of this project, absolute */
export async function measureBundle(projectDirectory: string): Promise<BundleSizes> {
  const options = readBuildOptions(projectDirectory);
  const { metafile } = await build({ ...options, outfile: 'index.cjs', write: false, metafile: true });
  return sumByPackage(metafile);
}

/** Sizes of the one output that `metafile` tells of. */
export function sumByPackage(metafile: Metafile): BundleSizes {
  const [output] = Object.values(metafile.outputs);
  if (output === undefined) throw new Error('found no output in the metafile, want one');
  const sums = new Map<string, number>();
  for (const [file, { bytesInOutput }] of Object.entries(output.inputs)) {
    const name = ownerOf(file);
    sums.set(name, (sums.get(name) ?? 0) + bytesInOutput);
  }
  const packages = Object.fromEntries(
    [...sums].filter(([, bytes]) => bytes > 0).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)),
  );
  return { bytes: output.bytes, packages };
}

/** Whether the bundle has become so much larger that somebody should say so. */
export function hasGrown(recorded: BundleSizes, found: BundleSizes): boolean {
  return found.bytes > recorded.bytes * (1 + SMALL_GROWTH_RATIO);
}

/** A line for each package that is larger than recorded, the one that grew most first. */
export function listGrowth(recorded: BundleSizes, found: BundleSizes): readonly string[] {
  return Object.entries(found.packages)
    .map(([name, bytes]) => ({ name, bytes, before: recorded.packages[name] ?? 0 }))
    .filter(({ bytes, before }) => bytes > before)
    .sort((a, b) => b.bytes - b.before - (a.bytes - a.before))
    .map(({ name, bytes, before }) => `${name}  ${before} → ${bytes} B  (+${bytes - before})`);
}

/** `node_modules/@smithy/core/dist-es/x.js` → `@smithy/core`, `apps/ingest/src/x.ts` → `apps/ingest`. */
function ownerOf(file: string): string {
  const inPackage = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1];
  return inPackage ?? file.split('/').slice(0, 2).join('/');
}
