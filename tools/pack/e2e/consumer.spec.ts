import type { BuildOptions } from 'esbuild';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { bundleSource } from './bundle-source.ts';
import { ConsumerProject, findingsOf } from './consumer-project.ts';

/** What consumer/client.ts finds out. */
const clientFacts = {
  sent: { ok: true, entry: { id: '12', title: 'kkkg', year: 2023 }, attempts: 1 },
  signed: {
    ok: true,
    authorization: expect.stringMatching(
      /^AWS4-HMAC-SHA256 Credential=id\/\d{8}\/eu-west-1\/execute-api\/aws4_request, .*Signature=[\da-f]{64}$/,
    ),
  },
  streamed: 1,
  refused: 'invalid',
};

/** What every browser has, of what a client may need. */
const WEB_GLOBALS = [
  'AbortController',
  'AbortSignal',
  'DOMException',
  'Headers',
  'Request',
  'Response',
  'TextDecoder',
  'TextEncoder',
  'URL',
  'clearTimeout',
  'crypto',
  'fetch',
  'performance',
  'setTimeout',
];

describe('a project that installs the packed packages', () => {
  const consumer = new ConsumerProject();

  beforeAll(() => {
    consumer.install([consumer.pack('libs/shared', 'shared'), consumer.pack('libs/client', 'client')]);
  });
  afterAll(() => consumer.remove());

  const bundle = (source: string, options: BuildOptions = {}) =>
    bundleSource(consumer.folder, source, options);

  it('compiles strictly under moduleResolution bundler', () => {
    expect(consumer.compile('bundler')).toBe('');
  });

  it('compiles strictly under moduleResolution node16, and runs in Node', () => {
    expect(consumer.compile('node16')).toBe('');
    expect(JSON.parse(consumer.run('program.js'))).toEqual({
      contract: {
        year: 2023,
        wrong: [false, true],
        paths: ['$.year'],
        models: [true, true],
        openapi: expect.stringMatching(/^3\.1\./),
        problem: { message: 'Forbidden' },
      },
      client: clientFacts,
    });
  });

  it.each(['shared', 'client'])(
    'finds in %s modules with their types, what to read, and nothing else',
    (name) => {
      const installed = join(consumer.folder, 'node_modules/@spillway', name);
      const files = globSync('**/*.*', { cwd: installed }).sort();
      const modules = files.filter((file) => file.startsWith('lib/') && file.endsWith('.js'));
      const wanted = [
        'README.md',
        'package.json',
        ...modules,
        ...modules.map((file) => file.replace(/js$/, 'd.ts')),
      ];
      expect(modules).toContain('lib/index.js');
      expect(files.filter((file) => !/^[\w-]+\.json$/.test(file) || file === 'package.json')).toEqual(
        wanted.sort(),
      );
      expect(existsSync(join(installed, 'LICENSE'))).toBe(true);
      for (const file of files.filter((path) => path.endsWith('.ts'))) {
        const imports = readFileSync(join(installed, file), 'utf8').matchAll(/from '(\.[^']+)'/g);
        for (const [, path = ''] of imports) expect(modules).toContain(join(dirname(file), path));
      }
    },
  );

  it('bundles types to no code at all', () => {
    expect(bundle('types-only.ts')).toEqual({ text: '', packages: [], imports: [] });
  });

  it('bundles a constant without the parser beside it', () => {
    const { text, packages } = bundle('statuses.ts');
    expect(packages).toEqual(['@spillway/shared']);
    expect(text.length).toBeLessThan(300);
  });

  it('bundles the client for browsers: it runs where nothing of Node is', async () => {
    const { text, packages, imports } = bundle('client.ts', {
      platform: 'browser',
      format: 'iife',
      globalName: 'consumer',
    });
    expect(packages).toEqual(expect.arrayContaining(['@spillway/client', '@spillway/shared', 'zod']));
    expect(imports).toEqual([]);
    const browser = createContext(
      Object.fromEntries(WEB_GLOBALS.map((name) => [name, Reflect.get(globalThis, name)])),
    );
    expect(runInContext('typeof process + typeof Buffer + typeof require', browser)).toBe(
      'undefined'.repeat(3),
    );
    expect(await runInContext(`${text}; consumer.clientFacts()`, browser)).toMatchObject(clientFacts);
  });

  it('bundles the contract with all its parts for browsers', () => {
    expect(
      bundle('contract.ts', { platform: 'browser', external: ['@spillway/shared/lib/*'] }).packages,
    ).toEqual(['@spillway/shared', 'zod']);
  });

  it('gets the same bytes from each packing', () => {
    for (const project of ['libs/shared', 'libs/client']) {
      const [one, other] = ['one', 'other'].map((into) =>
        readFileSync(consumer.pack(project, `${into}/${project}`)),
      );
      expect(one?.equals(other ?? Buffer.of())).toBe(true);
    }
  });
});

describe('findingsOf', () => {
  const ended = { status: 0, signal: null, stdout: '', stderr: '' };

  it('is empty only where the compiler ran and found nothing', () => {
    expect(findingsOf(ended)).toBe('');
    expect(findingsOf({ ...ended, status: 2, stdout: 'a.ts: error\n' })).toBe('a.ts: error');
    expect(findingsOf({ ...ended, status: 1, stderr: 'crash' })).toBe('crash');
    expect(findingsOf({ ...ended, status: 1 })).toBe('the compiler ended with 1 and said nothing');
  });

  it('throws where it did not run to its end', () => {
    expect(() => findingsOf({ ...ended, status: null, signal: 'SIGTERM' })).toThrow('SIGTERM');
    expect(() => findingsOf({ ...ended, status: null, error: new Error('spawn ENOENT') })).toThrow('ENOENT');
  });
});
