import { hashTemplate } from '@spillway/throttle';
import type { Limits } from '@spillway/throttle';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { bundleDir, stageConfiguration } from './__fixtures__/configuration.ts';
import { stageVariants } from './__fixtures__/stage-variants.ts';
import type { StageInput } from './stage-schema.ts';
import { synthesize } from './synthesize.ts';

const projectRoot = resolve(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'spillway-synthesize-'));
afterAll(() => rmSync(scratch, { recursive: true }));

let assemblies = 0;
function synthesized(configurations = [stageConfiguration()]): string {
  const outdir = join(scratch, String(assemblies++));
  synthesize({ configurations, projectRoot, bundleDir, outdir });
  return outdir;
}

type Template = { Resources: Record<string, { Type: string; Properties: Record<string, unknown> }> };
function template(limits: Partial<Limits> = {}, stage: Partial<StageInput> = {}): Template {
  const outdir = synthesized([stageConfiguration(limits, 'dev', stage)]);
  return JSON.parse(readFileSync(join(outdir, 'Spillway-dev.template.json'), 'utf8'));
}

/** Paths at which two JSON values differ. */
function differences(a: unknown, b: unknown, path = ''): string[] {
  if (Object(a) !== a || Object(b) !== b) return a === b ? [] : [path];
  const [left, right] = [a, b] as Record<string, unknown>[];
  const keys = new Set([...Object.keys(left!), ...Object.keys(right!)]);
  return [...keys].flatMap((key) => differences(left![key], right![key], `${path}/${key}`));
}

describe('synthesize', () => {
  it('gives the same bytes for the same input', () => {
    const [first, second] = [synthesized(), synthesized()];
    const files = readdirSync(first, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(first.length));
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      expect({ file, text: readFileSync(second + file, 'utf8') }).toEqual({
        file,
        text: readFileSync(first + file, 'utf8'),
      });
    }
  });

  it.each(Object.entries(stageVariants))("writes nothing of this machine's folders: %s", (_what, stage) => {
    const outdir = synthesized([stageConfiguration({}, 'dev', stage)]);
    const files = readdirSync(outdir).filter((name) => name.endsWith('.json'));
    expect(files).toContain('Spillway-dev.metadata.json');
    for (const file of files) {
      expect({ file, text: readFileSync(join(outdir, file), 'utf8') }).toEqual({
        file,
        text: expect.not.stringContaining(projectRoot),
      });
    }
  });

  it('writes a template, an asset list and the bundle for every stage', () => {
    const files = readdirSync(synthesized([stageConfiguration(), stageConfiguration({}, 'prod')]));
    expect(files).toEqual(
      expect.arrayContaining([
        'Spillway-dev.template.json',
        'Spillway-dev.assets.json',
        'Spillway-prod.template.json',
        'Spillway-prod.assets.json',
        expect.stringMatching(/^asset\.[0-9a-f]{64}$/),
      ]),
    );
  });

  it('leaves nothing of an earlier synthesis, and what is not its own alone', () => {
    const outdir = synthesized([stageConfiguration(), stageConfiguration({}, 'prod')]);
    const stale = join(outdir, `asset.${'0'.repeat(64)}`);
    mkdirSync(stale);
    writeFileSync(join(outdir, 'notes.json'), '{}');
    synthesize({ configurations: [stageConfiguration()], projectRoot, bundleDir, outdir });
    expect(readdirSync(outdir).sort()).toEqual([...readdirSync(synthesized()), 'notes.json'].sort());
  });

  it('places a stage where its account and Region say, without asking AWS', () => {
    const placed = stageConfiguration({}, 'dev', { account: '123456789012', region: 'eu-west-1' });
    const manifest = readFileSync(join(synthesized([placed]), 'manifest.json'), 'utf8');
    expect(JSON.parse(manifest).artifacts['Spillway-dev'].environment).toBe('aws://123456789012/eu-west-1');
    expect(JSON.parse(manifest).missing).toBeUndefined();
  });

  it('says what to run where there is no bundle', () => {
    const missing = join(scratch, 'no-bundle');
    expect(() =>
      synthesize({ configurations: [], projectRoot, bundleDir: missing, outdir: join(scratch, 'none') }),
    ).toThrow(
      expect.objectContaining({ code: 'BUNDLE_MISSING', message: expect.stringMatching(/nx build ingest/) }),
    );
  });
});

describe('the template of a changed throttle file', () => {
  // Past what a new table takes, and with every field another.
  const limits = {
    rateLimit: 5000,
    burstLimit: 90,
    reservedConcurrency: 13,
    memorySize: 640,
    timeoutSeconds: 8,
  };

  it('differs in the limits, what is made from them, and what watches them', () => {
    const [before, after] = [template(), template(limits)];
    const paths = differences(before.Resources, after.Resources).map((path) => {
      const [, id, ...rest] = path.split('/');
      return `${before.Resources[id!]!.Type}/${rest.join('/')}`;
    });
    expect(paths.filter((path) => !path.startsWith('AWS::CloudWatch::')).sort()).toEqual([
      'AWS::ApiGateway::Stage/Properties/MethodSettings/0/ThrottlingBurstLimit',
      'AWS::ApiGateway::Stage/Properties/MethodSettings/0/ThrottlingRateLimit',
      'AWS::ApiGateway::Stage/Properties/MethodSettings/1/ThrottlingBurstLimit',
      'AWS::ApiGateway::Stage/Properties/MethodSettings/1/ThrottlingRateLimit',
      'AWS::DynamoDB::Table/Properties/WarmThroughput',
      'AWS::Lambda::Function/Properties/MemorySize',
      'AWS::Lambda::Function/Properties/ReservedConcurrentExecutions',
      'AWS::Lambda::Function/Properties/Timeout',
    ]);
  });

  it.each(Object.entries(stageVariants))('has the same hash: %s', async (_what, stage) => {
    expect(await hashTemplate(template(limits, stage))).toBe(await hashTemplate(template({}, stage)));
  });
});

describe('the template of a changed stage', () => {
  const team = (name: string) => ({ name, guaranteed: { ratePerSecond: 1, burstRequests: 1 } });

  it.each<[string, Partial<StageInput>, Partial<StageInput>, 'same' | 'other']>([
    ['gets one client more', { clients: [team('a')] }, { clients: [team('a'), team('b')] }, 'same'],
    ['gets its first client, and asks for keys', {}, { clients: [team('a')] }, 'other'],
    ['gets a tag', {}, { tags: { team: 'entries' } }, 'same'],
    ['keeps its logs for longer', {}, { logRetentionDays: 90 }, 'same'],
    [
      'shifts traffic another way',
      { rollout: 'canary-10-percent-5-minutes' },
      { rollout: 'linear-10-percent-every-3-minutes' },
      'same',
    ],
    ['gets an alias', {}, { rollout: 'canary-10-percent-5-minutes' }, 'other'],
    ['asks for no signature', {}, { auth: 'none' }, 'other'],
  ])('whose stage %s has the hash it had, or another', async (_what, before, after, expected) => {
    const [was, is] = [await hashTemplate(template({}, before)), await hashTemplate(template({}, after))];
    expect(is === was ? 'same' : 'other').toBe(expected);
  });
});

describe('the hash of a template', () => {
  const original = template({ rateLimit: 5000 }, stageVariants['everything at once']);
  const resources = Object.entries(original.Resources);
  /** What watches a stage, renews its code or tells its clients apart is not what was measured. */
  const BESIDE =
    /^AWS::(CloudWatch::.*|Logs::MetricFilter|Logs::QueryDefinition|SNS::.*|CodeDeploy::.*|ApiGateway::(ApiKey|UsagePlan|UsagePlanKey))$/;

  it('covers every resource but what is beside them', async () => {
    const missed: string[] = [];
    for (const [id, { Type }] of resources) {
      const others = Object.fromEntries(resources.filter(([other]) => other !== id));
      if ((await hashTemplate({ ...original, Resources: others })) === (await hashTemplate(original))) {
        missed.push(Type);
      }
    }
    expect(missed.filter((type) => !BESIDE.test(type))).toEqual([]);
  });

  it('covers every property but the limits', async () => {
    const missed: string[] = [];
    for (const [id, { Type, Properties }] of resources) {
      if (BESIDE.test(Type)) continue;
      for (const property of Object.keys(Properties)) {
        const changed = structuredClone(original);
        changed.Resources[id]!.Properties[property] = 'changed';
        if ((await hashTemplate(changed)) === (await hashTemplate(original)))
          missed.push(`${Type}.${property}`);
      }
    }
    const untagged = [...new Set(missed)].filter((property) => !property.endsWith('.Tags'));
    expect(untagged.sort()).toEqual([
      'AWS::DynamoDB::Table.WarmThroughput',
      'AWS::Lambda::Function.MemorySize',
      'AWS::Lambda::Function.ReservedConcurrentExecutions',
      'AWS::Lambda::Function.Timeout',
      'AWS::Lambda::Version.FunctionName',
      'AWS::Logs::LogGroup.RetentionInDays',
    ]);
  });
});
