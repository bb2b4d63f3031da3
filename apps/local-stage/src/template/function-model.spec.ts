import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stackOf } from './__fixtures__/stack-of.ts';
import { readFunctions, type FunctionModel } from './function-model.ts';
import type { ResolvedStack } from './resolved-stack.ts';

const folder = mkdtempSync(join(tmpdir(), 'spillway-functions-'));
const layer = join(folder, 'layer');
const onTop = join(folder, 'on-top');
mkdirSync(join(layer, 'nodejs/node_modules'), { recursive: true });
mkdirSync(join(onTop, 'nodejs/node_modules'), { recursive: true });
mkdirSync(join(folder, 'code'));
writeFileSync(join(folder, 'ready.zip'), '');

afterAll(() => rmSync(folder, { recursive: true }));

const CURRENT = `nodejs${process.versions.node.split('.')[0]}.x`;

function read(
  properties: object,
  others: Readonly<Record<string, unknown>> = {},
): { functions: readonly FunctionModel[]; notPlayed: readonly string[] } {
  const Properties = { Runtime: CURRENT, Handler: 'index.handler', Code: './code', ...properties };
  const stack: ResolvedStack = stackOf(
    { Fn: { Type: 'AWS::Lambda::Function', Properties }, ...others },
    {
      templateFile: join(folder, 'Some.yaml'),
      assetPaths: new Map([
        ['ready.zip', join(folder, 'ready.zip')],
        ['layer.zip', layer],
        ['on-top.zip', onTop],
      ]),
    },
  );
  return { functions: readFunctions(stack), notPlayed: [...stack.notPlayed] };
}

describe('readFunctions', () => {
  it('takes a local path as code, from the folder of the template', () => {
    expect(read({})).toEqual({
      functions: [expect.objectContaining({ bundleDirectory: join(folder, 'code'), inlineCode: null })],
      notPlayed: [],
    });
  });

  it('takes code from the template itself', () => {
    expect(read({ Code: { ZipFile: 'exports.handler = 1' } }).functions).toEqual([
      expect.objectContaining({
        inlineCode: 'exports.handler = 1',
        bundleHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      }),
    ]);
  });

  it.each([
    ['an archive', { Code: { S3Key: 'ready.zip' } }, 'its code ready.zip is an archive, want a folder'],
    ['an image', { PackageType: 'Image', Code: { ImageUri: 'x' }, Runtime: undefined }, 'container image'],
    ['no code', { Code: {} }, 'no S3Key and no ZipFile in its code'],
    ['a folder that is not there', { Code: './gone' }, 'no folder beside the template for its code ./gone'],
    ['another language', { Runtime: 'python3.13' }, 'runtime python3.13'],
  ])('names a function of %s', (_case, properties, why) => {
    expect(read(properties)).toEqual({ functions: [], notPlayed: [`function Some-Fn (${why})`] });
  });

  it.each([
    [
      'a property of the wrong type',
      { Timeout: 'soon' },
      /^function Some-Fn \(Fn\.Timeout.*'soon', want number/,
    ],
    ['a timeout over 15 minutes', { Timeout: 901 }, /Fn\.Timeout .*: found 901, want ≤ 900/],
    ['memory over 10 GB', { MemorySize: 10_241 }, /Fn\.MemorySize .*: found 10241, want ≤ 10240/],
    ['memory under 128 MB', { MemorySize: '127' }, /Fn\.MemorySize .*: found '127', want ≥ 128/],
    [
      'an environment over 4 KB',
      { Environment: { Variables: { A: 'x'.repeat(4096) } } },
      /found 4097 B of environment variables, want ≤ 4096/,
    ],
    [
      "a variable of Lambda's own",
      { Environment: { Variables: { B: '1', AWS_REGION: 'eu-west-1' } } },
      /^function Some-Fn \(variable AWS_REGION: Lambda sets that itself, want another name\)$/,
    ],
    [
      'code that only a deployment knows',
      { Code: { S3Key: { Ref: 'Nobody' } } },
      /Fn\.Code can't be worked out/,
    ],
  ])('names a function with %s', (_case, properties, message) => {
    const { functions, notPlayed } = read(properties);
    expect(functions).toEqual([]);
    expect(notPlayed).toEqual([expect.stringMatching(message)]);
  });

  it("takes Lambda's largest timeout, memory and environment (F37)", () => {
    const Variables = { A: 'x'.repeat(4095) };
    const { functions } = read({ Timeout: 900, MemorySize: 10_240, Environment: { Variables } });
    expect(functions).toMatchObject([{ timeoutMs: 900_000, memorySizeMb: 10_240, environment: Variables }]);
  });

  it('knows its role where that needs no deployment', () => {
    const Role = { 'Fn::GetAtt': ['Own', 'Arn'] };
    const found = read({ Role }, { Own: { Type: 'AWS::IAM::Role' } });
    expect(found.functions).toMatchObject([{ roleArn: 'arn:aws:iam::000000000000:role/Some-Own' }]);
    const unknown = read({ Role: { 'Fn::ImportValue': 'role' } });
    expect([unknown.functions[0]?.roleArn, unknown.notPlayed]).toEqual([null, []]);
  });

  it('says so when another Node than the declared one runs it', () => {
    const { functions, notPlayed } = read({ Runtime: 'nodejs18.x' });
    expect(functions).toHaveLength(1);
    expect(notPlayed).toEqual([
      expect.stringMatching(/^function Some-Fn: nodejs18\.x \(Node \d+ runs it\)$/),
    ]);
  });

  it('reads the log format and group, by default text and that of its name', () => {
    expect(read({}).functions[0]).toMatchObject({
      logging: { format: 'Text' },
      logGroupName: '/aws/lambda/Some-Fn',
    });
    const LoggingConfig = { LogFormat: 'JSON', LogGroup: { Ref: 'Log' } };
    const Log = { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/mine' } };
    expect(read({ LoggingConfig }, { Log }).functions[0]).toMatchObject({
      logging: { format: 'JSON' },
      logGroupName: '/mine',
    });
  });

  it('finds the modules of its layers, of the last one first', () => {
    const layerOf = (S3Key: string): object => ({
      Type: 'AWS::Lambda::LayerVersion',
      Properties: { Content: { S3Key } },
    });
    const foreign = 'arn:aws:lambda:eu-west-1:1:layer:foreign:3';
    const { functions, notPlayed } = read(
      { Layers: [{ Ref: 'First' }, { Ref: 'Gone' }, { Ref: 'OnTop' }, foreign] },
      { First: layerOf('layer.zip'), Gone: layerOf('gone.zip'), OnTop: layerOf('on-top.zip') },
    );
    expect(functions[0]?.moduleFolders).toEqual(
      [onTop, layer].map((each) => join(each, 'nodejs/node_modules')),
    );
    expect(notPlayed).toEqual([
      'layer foreign (no node_modules of it on this machine)',
      'layer Some-Gone (no node_modules of it on this machine)',
    ]);
  });

  it('names a variable that is no text, and keeps the others', () => {
    const Variables = { A: 1, B: true, C: ['x'], D: null };
    const { functions, notPlayed } = read({ Environment: { Variables } });
    expect(functions[0]?.environment).toEqual({ A: '1', B: 'true' });
    expect(notPlayed).toEqual(['variable C of Some-Fn (wants text)', 'variable D of Some-Fn (wants text)']);
  });
});
