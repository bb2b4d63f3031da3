import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { checkTarball } from './check-tarball.ts';
import { environment } from './environment.ts';
import { packProject } from './pack-project.ts';

const USAGE = `spillway-pack <project folder> [--out=<folder>]
  builds the package of a project in <folder> (default: dist in the project) and checks it
spillway-pack --check=<tarball>
  checks a package that is packed already
`;
const USAGE_ERROR = 2;

const workspace = resolve(import.meta.dirname, '../../..');

const given = readArguments();
try {
  if (given === undefined) {
    process.stderr.write(USAGE);
    process.exitCode = USAGE_ERROR;
  } else if ('check' in given) {
    report(await checkTarball(readFileSync(given.check)));
  } else {
    await pack(resolve(given.project), resolve(given.out ?? resolve(given.project, 'dist')));
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

function readArguments(): { check: string } | { project: string; out: string | undefined } | undefined {
  const options = { check: { type: 'string' }, out: { type: 'string' } } as const;
  let given;
  try {
    given = parseArgs({ allowPositionals: true, options });
  } catch {
    return undefined;
  }
  const { positionals, values } = given;
  const [project, ...others] = positionals;
  const { check, out } = values;
  if (project === undefined) return check === undefined || out !== undefined ? undefined : { check };
  return others.length > 0 || check !== undefined ? undefined : { project, out };
}

async function pack(project: string, out: string): Promise<void> {
  const { repositoryUrl } = environment;
  const { tarball, findings } = await packProject({ workspace, project, out, repositoryUrl });
  const bytes = readFileSync(tarball);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  process.stdout.write(`${relative(process.cwd(), tarball)}  ${bytes.length} bytes  sha256 ${sha256}\n`);
  report(findings);
}

function report(findings: readonly string[]): void {
  for (const finding of findings) process.stderr.write(`${finding}\n`);
  if (findings.length > 0) process.exitCode = 1;
}
