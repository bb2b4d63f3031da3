import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { bundleDir, stageConfiguration } from './__fixtures__/configuration.ts';
import { readStages } from './read-configuration.ts';
import { synthesize } from './synthesize.ts';

const projectRoot = resolve(import.meta.dirname, '..');
const outdir = mkdtempSync(join(tmpdir(), 'spillway-stages-'));
afterAll(() => rmSync(outdir, { recursive: true }));

/**
 * The shipped stages with fixed limits and a fixed bundle: a change of the stack shows in a review, and a measured limit
 * or a new bundle changes nothing here.
 */
describe('config/stages.json', () => {
  const stages = Object.entries(readStages(join(projectRoot, 'config/stages.json')));
  const configurations = stages.map(([name, stage]) => ({ ...stageConfiguration({}, name), stage }));
  beforeAll(() => synthesize({ configurations, projectRoot, bundleDir, outdir }));

  it.each(stages.map(([name]) => name))('makes a template for %s that somebody has looked at', (name) => {
    const text = readFileSync(join(outdir, `Spillway-${name}.template.json`), 'utf8');
    const bundle = /[0-9a-f]{64}(?=\.zip)/;
    expect(text).toMatch(bundle);
    expect(JSON.parse(text.replace(bundle, '<bundle>'))).toMatchSnapshot();
  });
});
