import { FingerprintError, fingerprintOf } from './read-fingerprint.ts';

const BUNDLE = 'b6ea83a11f6b4cfb0f4faa0cac448ab00068be8caa29760550b479709737c0bc';

const lambda = (properties: Record<string, unknown> = {}) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Code: { S3Bucket: { 'Fn::Sub': 'cdk-assets' }, S3Key: `${BUNDLE}.zip` },
    MemorySize: 1024,
    Timeout: 29,
    Runtime: 'nodejs24.x',
    ...properties,
  },
});

const template = (resources: Record<string, unknown>) => ({
  Resources: { Table: { Type: 'AWS::DynamoDB::Table', Properties: {} }, ...resources },
});

describe('fingerprintOf', () => {
  it('reads the asset hash, the memory and the hash of the template', async () => {
    const fingerprint = await fingerprintOf(template({ Ingest: lambda() }));
    expect(fingerprint).toMatchObject({ bundle: BUNDLE, memorySize: 1024 });
    expect(fingerprint.template).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ['a timeout, which a throttle file sets', { Timeout: 3 }, 'same'],
    ['reserved concurrency, which a throttle file sets', { ReservedConcurrentExecutions: 7 }, 'same'],
    ['the runtime', { Runtime: 'nodejs22.x' }, 'other'],
    ['an environment variable', { Environment: { Variables: { A: 'b' } } }, 'other'],
  ])('answers to a change of %s', async (_what, properties, expected) => {
    const before = await fingerprintOf(template({ Ingest: lambda() }));
    const after = await fingerprintOf(template({ Ingest: lambda(properties) }));
    expect(after.template === before.template ? 'same' : 'other').toBe(expected);
  });

  it('keeps a change of the bundle out of the template hash and in the bundle hash', async () => {
    const code = { S3Bucket: { 'Fn::Sub': 'cdk-assets' }, S3Key: `${'0'.repeat(64)}.zip` };
    const before = await fingerprintOf(template({ Ingest: lambda() }));
    const after = await fingerprintOf(template({ Ingest: lambda({ Code: code }) }));
    expect(after.bundle).toBe('0'.repeat(64));
    expect(after.template).toBe(before.template);
  });

  it('takes 128 MB where the template gives no memory, as Lambda does', async () => {
    const { memorySize } = await fingerprintOf(template({ Ingest: lambda({ MemorySize: undefined }) }));
    expect(memorySize).toBe(128);
  });

  it('passes over a function whose code is inline', async () => {
    const inline = { Type: 'AWS::Lambda::Function', Properties: { Code: { ZipFile: 'x' } } };
    expect((await fingerprintOf(template({ Inline: inline, Ingest: lambda() }))).bundle).toBe(BUNDLE);
  });

  it.each([
    ['has no function', template({})],
    ['has two functions with assets', template({ One: lambda(), Two: lambda() })],
    ['is no template', { hello: 1 }],
    ['is not even an object', null],
  ])('throws FingerprintError when the template %s', async (_what, input) => {
    await expect(fingerprintOf(input)).rejects.toThrow(FingerprintError);
  });
});
