import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import {
  hasGrown,
  listGrowth,
  measureBundle,
  sumByPackage,
  type BundleSizes,
} from '../bundle/bundle-sizes.ts';

const project = path.join(__dirname, '..');
const bundle = path.join(project, 'dist/index.cjs');
const MAX_BUNDLE_BYTES = 450_000;
const recordedFile = path.join(project, 'bundle/bundle-sizes.json');
const recorded: BundleSizes = JSON.parse(readFileSync(recordedFile, 'utf8'));

/** Fails with what grew and what to do about it. */
function expectSize(found: BundleSizes, isTooLarge: boolean, want: string): void {
  if (!isTooLarge) return;
  const growth = listGrowth(recorded, found).join('\n  ');
  throw new Error(
    `found a bundle of ${found.bytes} B, want ${want}; what grew since it was recorded:\n  ${growth}\n` +
      'If that is meant: npx nx run ingest:record-bundle',
  );
}

describe('the bundle', () => {
  it('takes at most 450 kB', async () => {
    const found = await measureBundle(project);
    // What is measured is what is deployed.
    expect(found.bytes).toBe(statSync(bundle).size);
    expectSize(found, found.bytes > MAX_BUNDLE_BYTES, `at most ${MAX_BUNDLE_BYTES} B`);
  });

  it('has not grown by more than 5 % unsaid', async () => {
    const found = await measureBundle(project);
    expectSize(found, hasGrown(recorded, found), `about the ${recorded.bytes} B of bundle-sizes.json`);
  });

  it('asks for nothing but Node at run time, and for event streams, which no write has', () => {
    const asked = readFileSync(bundle, 'utf8').matchAll(/\b(?:require|import)\("([^"]+)"\)/g);
    const foreign = new Set([...asked].map(([, name]) => name).filter((name) => !name?.startsWith('node:')));
    expect([...foreign]).toEqual(['@smithy/core/event-streams']);
  });
});

describe('sumByPackage', () => {
  const input = (bytesInOutput: number) => ({ bytesInOutput });
  const sizes = (inputs: Record<string, { bytesInOutput: number }>) =>
    sumByPackage({
      inputs: {},
      outputs: { 'index.cjs': { bytes: 1_000, inputs, imports: [], exports: [] } },
    });

  it('adds files up by package, wherever it is installed, and by project; largest first', () => {
    const { bytes, packages } = sizes({
      'apps/ingest/src/handler.ts': input(1),
      'node_modules/@smithy/core/dist-es/a.js': input(20),
      'node_modules/zod/v4/mini/b.js': input(4),
      'node_modules/@aws-sdk/core/node_modules/@smithy/core/c.js': input(10),
      'apps/ingest/src/ingest.ts': input(2),
      'node_modules/tslib/tslib.es6.mjs': input(0),
    });
    expect(bytes).toBe(1_000);
    expect(Object.entries(packages)).toEqual([
      ['@smithy/core', 30],
      ['zod', 4],
      ['apps/ingest', 3],
    ]);
  });
});

describe('hasGrown', () => {
  it.each([
    ['smaller', 900, false],
    ['the last small growth', 1_050, false],
    ['the first that is not small', 1_051, true],
  ])('%s: %d of 1,000 bytes', (_case, bytes, expected) => {
    expect(hasGrown({ bytes: 1_000, packages: {} }, { bytes, packages: {} })).toBe(expected);
  });
});

describe('listGrowth', () => {
  it('names packages that grew or came, from what to what, and no other', () => {
    const before = { bytes: 0, packages: { zod: 100, same: 5, 'p-map': 20, gone: 9 } };
    const now = { bytes: 0, packages: { zod: 150, same: 5, 'p-map': 10, lodash: 500 } };
    expect(listGrowth(before, now)).toEqual(['lodash  0 → 500 B  (+500)', 'zod  100 → 150 B  (+50)']);
  });
});
