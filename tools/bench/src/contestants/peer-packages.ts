import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

const PEERS = fileURLToPath(new URL('../../peers/', import.meta.url));
const manifestSchema = z.object({ dependencies: z.record(z.string(), z.string()) });

/** A peer that could not be installed. */
export class PeerInstallError extends Error {
  readonly code = 'PEER_INSTALL';

  constructor(peer: string, reason: string) {
    super(`peer ${peer}: npm ci ${reason}; want its packages; try npm ci in tools/bench/peers/${peer}`);
    this.name = 'PeerInstallError';
  }
}

/** Folder of a peer: its pinned `package.json` and lock, and `node_modules` once it is installed. */
export function peerDirectory(peer: string): string {
  return join(PEERS, peer);
}

/** `a 1.2.3 + b 4.5.6`, as pinned. */
export function peerVersion(peer: string): string {
  const text = readFileSync(join(peerDirectory(peer), 'package.json'), 'utf8');
  const { dependencies } = manifestSchema.parse(JSON.parse(text));
  return Object.entries(dependencies)
    .map(([name, version]) => `${name} ${version}`)
    .join(' + ');
}

/** A home for what the peer writes beside its work; the user's own is left alone. */
export function peerHome(peer: string): string {
  const home = join(peerDirectory(peer), 'node_modules/.home');
  mkdirSync(home, { recursive: true });
  return home;
}

/**
 * Installs what the lock says, unless that is there already. No script of any package is run.
 * @throws PeerInstallError
 */
export async function installPeer(peer: string): Promise<void> {
  const directory = peerDirectory(peer);
  const lock = readFileSync(join(directory, 'package-lock.json'));
  const hash = createHash('sha256').update(lock).digest('hex');
  const stamp = join(directory, 'node_modules/.installed-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  console.error(`installing ${peer}`);
  const child = spawn('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: directory,
    // npm has its settings, such as the registry, in the user's environment.
    env: { ...process.env, INIT_CWD: directory },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const reason = await once(child, 'exit').then(
    ([status, signal]: unknown[]) => (status === 0 ? null : `ended with ${String(status ?? signal)}`),
    (error: unknown) => `did not start (${String(error)})`,
  );
  if (reason !== null) throw new PeerInstallError(peer, reason);
  writeFileSync(stamp, hash);
}
