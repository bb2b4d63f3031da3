import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { checkTarball } from './check-tarball.ts';
import { BUILD_INFO, compileSources } from './compile-sources.ts';
import { entryPoints, jsonFiles, publishedManifest } from './published-manifest.ts';
import { parseSourceManifest } from './source-manifest.ts';
import { writeTarball } from './write-tarball.ts';

export interface PackRequest {
  /** Folder of the workspace: its licence ships with each package. */
  readonly workspace: string;
  /** Folder of the project. */
  readonly project: string;
  /** Folder for `package/`, which is what a release publishes, and its tarball. Made if missing. */
  readonly out: string;
  readonly repositoryUrl: string | undefined;
}

export interface PackedProject {
  readonly tarball: string;
  /** What is wrong with it; it must not be published with any. */
  readonly findings: readonly string[];
}

/**
 * Builds a project's package and says what is wrong with it.
 * @throws ManifestError, CompileError
 */
export async function packProject(request: PackRequest): Promise<PackedProject> {
  const { workspace, project, out, repositoryUrl } = request;
  const file = join(project, 'package.json');
  const source = parseSourceManifest(JSON.parse(readFileSync(file, 'utf8')), file);
  const folder = join(out, 'package');
  removeEarlier(out);
  mkdirSync(folder, { recursive: true });
  await compileSources({ workspace, project, entryPoints: entryPoints(source), out });
  const manifest = publishedManifest(source, { repositoryUrl, directory: relative(workspace, project) });
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const file of ['README.md', ...jsonFiles(source)])
    copyFileSync(join(project, file), join(folder, file));
  copyFileSync(join(workspace, 'LICENSE'), join(folder, 'LICENSE'));
  const tarball = await writeTarball(folder, out);
  return { tarball, findings: await checkTarball(readFileSync(tarball)) };
}

/**
 * Removes what an earlier run left, and nothing else: a file that is no longer built must not ship, and a compiler that
 * remembers what it wrote would not write it again.
 */
function removeEarlier(out: string): void {
  if (!existsSync(out)) return;
  const tarballs = readdirSync(out).filter((file) => file.endsWith('.tgz'));
  for (const file of ['package', BUILD_INFO, ...tarballs])
    rmSync(join(out, file), { recursive: true, force: true });
}
