import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const projectRoot = resolve(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'spillway-preflight-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** Runs the command with nothing of AWS around it but what is given. */
async function preflight(args: readonly string[], variables: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(projectRoot, 'src/preflight/main.ts'), ...args], {
    env: {
      PATH: process.env.PATH ?? '',
      HOME: scratch,
      AWS_EC2_METADATA_DISABLED: 'true',
      ...variables,
    },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text: Buffer) => (stdout += String(text)));
  child.stderr.on('data', (text: Buffer) => (stderr += String(text)));
  const [status] = (await once(child, 'close')) as [number];
  return { status, stdout, stderr };
}

const account = (endpoint: string) => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
});

describe('preflight without an account', () => {
  it.each([
    ['no Region', {}, /AWS can't be asked: Region is missing.*AWS_REGION/],
    ['no credentials', { AWS_REGION: 'us-east-1' }, /AWS can't be asked: .*credentials.*--profile/],
    ['nobody there', account('http://127.0.0.1:1'), /AWS can't be asked: .*ECONNREFUSED/],
  ])('answers %s with one line', async (_what, variables, line) => {
    const { status, stdout, stderr } = await preflight(['--stage=dev'], variables);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(line);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('answers an unknown stage with one line', async () => {
    const { status, stderr } = await preflight(['--stage=nope']);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringMatching(/^preflight: stage "nope"/),
    });
  });

  describe('whose endpoint takes every call and answers none', () => {
    let silent: Server;
    beforeAll(async () => {
      silent = createServer().listen(0, '127.0.0.1');
      await once(silent, 'listening');
    });
    afterAll(() => silent.close());

    it('gives up by itself', async () => {
      const { port } = silent.address() as AddressInfo;
      const outcome = await preflight(['--stage=dev'], account(`http://127.0.0.1:${port}`));
      expect(outcome).toEqual({ status: 1, stdout: '', stderr: expect.stringMatching(/AWS can't be asked/) });
    });
  });
});
