import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Artillery as anybody runs it: its own command in a folder of its own, nothing of the load test around it. */
export interface PlainArtillery {
  readonly directory: string;
  readonly process: ChildProcess;
  printed(): string;
  /** Resolves when it has ended, with its exit code. */
  ended(): Promise<number | null>;
  /** Ends it where it still runs, and removes its folder. */
  dispose(): Promise<void>;
}

const CLI = path.join(
  path.dirname(createRequire(__filename).resolve('artillery/package.json')),
  'bin',
  'run',
);

/**
 * Starts `artillery run <first file>` among these files.
 * @param files name → text, in a fresh folder outside the workspace
 */
export function startArtillery(
  files: Readonly<Record<string, string>>,
  args: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): PlainArtillery {
  const directory = mkdtempSync(path.join(tmpdir(), 'spillway-artillery-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(directory, name), text);
  const [script = ''] = Object.keys(files);
  const child = spawn(process.execPath, [CLI, 'run', ...args, script], {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Nx asks for colours, which would stand between a counter and its value.
    env: { ...process.env, FORCE_COLOR: '0', ARTILLERY_DISABLE_TELEMETRY: 'true', ...environment },
  });
  let printed = '';
  child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const closed = once(child, 'close').then(([code]) => code as number | null);
  return {
    directory,
    process: child,
    printed: () => printed,
    ended: () => closed,
    dispose: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await closed;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** A script with one virtual user of the engine. @param flow YAML of its steps, a line each */
export function scriptOf(target: string, flow: readonly string[], config: readonly string[] = []): string {
  return [
    'config:',
    `  target: ${target}`,
    '  phases: [{ duration: 10ms, arrivalCount: 1 }]',
    ...config.map((line) => `  ${line}`),
    'scenarios:',
    '  - engine: spillway',
    '    flow:',
    ...flow.map((line) => `      - ${line}`),
    '',
  ].join('\n');
}
