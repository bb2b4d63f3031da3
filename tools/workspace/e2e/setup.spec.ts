import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Machine } from './job/machine.ts';
import { readAction } from './job/read-github.ts';

const workspace = resolve(import.meta.dirname, '../../..');
const { inputs, runs } = readAction('./.github/actions/setup');
const rename = runs.steps.find(({ name }) => name?.includes('index'))?.run ?? '';
const thisMachine = existsSync('/etc/machine-id')
  ? readFileSync('/etc/machine-id', 'utf8').trim()
  : undefined;
const DATA = '.nx/workspace-data';

let machine: Machine;
beforeEach(() => (machine = new Machine({})));
afterEach(() => machine.remove());

const renameIndex = () => machine.run(rename, 'bash', {});
const indexes = () => readdirSync(join(machine.checkout, DATA)).sort();

describe('.github/actions/setup', () => {
  it('installs, and takes what Nx computed before, unless it is told not to', () => {
    expect(inputs).toMatchObject({ install: { default: 'true' }, cache: { default: 'true' } });
    expect(runs.steps.at(-1)).toMatchObject({ if: "inputs.install == 'true'", run: 'npm ci' });
  });

  it('gives the index of another machine this one’s name, with what was not written back yet', () => {
    for (const end of ['', '-wal', '-shm']) machine.write(`${DATA}/0123abcd-v3.db${end}`, end);
    expect(renameIndex()).toMatchObject({ isGood: true, text: '' });
    expect(indexes()).toEqual(['', '-shm', '-wal'].map((end) => `${thisMachine ?? '0123abcd'}-v3.db${end}`));
  });

  it('leaves this machine’s own index and everything else alone', () => {
    const files = [`${thisMachine ?? 'any'}-v3.db`, 'project-graph.json'].sort();
    for (const file of files) machine.write(`${DATA}/${file}`, '');
    expect(renameIndex()).toMatchObject({ isGood: true, text: '' });
    expect(indexes()).toEqual(files);
  });

  it('has nothing to do where nothing was kept', () => {
    expect(renameIndex()).toMatchObject({ isGood: true, text: '' });
  });

  it('lets Nx find what another machine computed', () => {
    machine.write('package.json', '{"name": "a", "private": true}');
    machine.write('nx.json', '{"analytics": false, "neverConnectToCloud": true}');
    const work = { command: 'echo computed', cache: true };
    machine.write('one/project.json', JSON.stringify({ name: 'one', targets: { work } }));
    const modules = join(machine.checkout, 'node_modules');
    mkdirSync(modules);
    symlinkSync(join(workspace, 'node_modules/nx'), join(modules, 'nx'));
    const manifest = JSON.parse(readFileSync(join(modules, 'nx/package.json'), 'utf8'));
    const program = join(modules, 'nx', manifest.bin.nx);
    const nx = () => {
      const env = { PATH: process.env['PATH'], HOME: machine.root, NX_DAEMON: 'false' };
      const options = { cwd: machine.checkout, env, encoding: 'utf8' } as const;
      const { stdout, stderr } = spawnSync(process.execPath, [program, 'run', 'one:work'], options);
      return stdout + stderr;
    };
    expect(nx()).toMatch(/0\/1 hit/);
    for (const index of indexes().filter((name) => name.includes('.db'))) {
      renameSync(
        join(machine.checkout, DATA, index),
        join(machine.checkout, DATA, index.replace(/^[^-]+/, '0123abcd')),
      );
    }
    renameIndex();
    expect(nx()).toMatch(
      thisMachine === undefined ? /computed/ : /local cache|read the output from the cache/,
    );
  });
});
