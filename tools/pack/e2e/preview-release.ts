import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

const TIMEOUT_MS = 100_000;

/** Environment without what an Nx task hands on to the processes it starts. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('NX_') && name !== 'FORCE_COLOR'),
);

/**
 * `nx release <version> --first-release --skip-publish --dry-run` over packages that are packed already: packing them
 * here would pull them from under whoever packs them at the same time. Ends with every process it started.
 */
export async function previewRelease(workspace: string, version: string) {
  const options = { specifier: version, firstRelease: true, skipPublish: true, dryRun: true };
  const script = `
    const { ReleaseClient } = require('nx/release');
    new ReleaseClient({ version: { preVersionCommand: '' } })
      .release(${JSON.stringify(options)})
      .then(() => process.exit(0), (error) => { console.error(error); process.exit(1); });`;
  const child = spawn(process.execPath, ['-e', script], {
    cwd: workspace,
    env: { ...environment, NX_DAEMON: 'false' },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that what it starts can be ended with it.
    detached: true,
  });
  const timer = setTimeout(() => endGroup(child.pid), TIMEOUT_MS);
  try {
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    const status = await new Promise<number | null>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode);
      else child.once('exit', resolve);
    });
    return { status, stdout, stderr };
  } finally {
    clearTimeout(timer);
    endGroup(child.pid);
  }
}

function endGroup(leader: number | undefined): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // All of them have ended.
  }
}
