import fc from 'fast-check';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NOW_MS, placeholder, TemporaryWorkspace } from './__fixtures__/temporary-workspace.ts';
import { describeExplanation } from './describe-explanation.ts';
import { explain, type ExplainOptions } from './explain.ts';
import { update } from './update.ts';

const plain = (_color: string, text: string) => text;
const golden = (name: string) => readFileSync(join(__dirname, '__fixtures__', name), 'utf8');

describe('explain', () => {
  let workspace: TemporaryWorkspace;
  beforeEach(() => {
    workspace = new TemporaryWorkspace();
  });
  afterEach(() => workspace.remove());

  const text = (options?: ExplainOptions) =>
    `${describeExplanation('throttle.local.json', explain(workspace.file, options), plain)}\n`;
  const explainText = (content: string) => {
    writeFileSync(workspace.file, content);
    return () => explain(workspace.file);
  };

  it('says of the placeholders, five minutes of timeout and all, what the fixture says', () => {
    const limits = { ...placeholder.limits, timeoutSeconds: 300 };
    writeFileSync(workspace.file, JSON.stringify({ ...placeholder, limits }));
    expect(text({ durationMs: 100 })).toBe(golden('explain-placeholder.txt'));
  });

  it('says of measured limits what the fixture says', async () => {
    await workspace.addRun();
    await update({ files: workspace, stage: 'local', dryRun: false, nowMs: NOW_MS });
    expect(text()).toBe(golden('explain-measured.txt'));
  });

  it('asks for a duration where nobody measured one', () => {
    expect(text()).toContain('give --duration-ms to hear about concurrency');
    expect(text()).toContain('With --duration-ms, limits that fit together are proposed.');
  });

  it('counts the bytes that the service adds to an item', () => {
    expect(explain(workspace.file, { payloadBytes: 970 }).subject).toMatchObject({
      itemBytes: 1024,
      units: 1,
    });
    expect(explain(workspace.file, { payloadBytes: 971 }).subject).toMatchObject({
      itemBytes: 1025,
      units: 2,
    });
  });

  it('takes a file with limits alone', () => {
    expect(explainText(JSON.stringify({ limits: placeholder.limits }))().isCoherent).toBe(false);
  });

  it.each([
    ['a timeout that Lambda has', 900, false],
    ['one that it has not', 901, true],
  ])('reads %s', (_what, timeoutSeconds, isRefused) => {
    const run = explainText(JSON.stringify({ limits: { ...placeholder.limits, timeoutSeconds } }));
    if (isRefused) expect(run).toThrow(/limits\.timeoutSeconds 901: /);
    else expect(run().contradictions.length).toBeGreaterThan(0);
  });

  it.each([
    ['nothing', '', /^throttle\.local\.json: not JSON/],
    ['half a file', '{"limits":', /not JSON/],
    ['bytes', '\u0000\u0001\ufffd', /not JSON/],
    ['a list', '[]', /\(file\): Invalid input: expected object/],
    ['no limits', '{}', /limits missing/],
    ['a word', '{"limits":{"rateLimit":"many"}}', /limits\.rateLimit "many"/],
    [
      'a limit nobody knows',
      JSON.stringify({ limits: { ...placeholder.limits, memory: 1 } }),
      /limits: Unrecognized key: "memory"/,
    ],
    [
      'a rate of 0',
      JSON.stringify({ limits: { ...placeholder.limits, rateLimit: 0 } }),
      /limits\.rateLimit 0: Too small/,
    ],
    ['a rate beyond all numbers', '{"limits":{"rateLimit":1e999}}', /limits\.rateLimit/],
  ])('refuses %s and says what it found', (_what, content, message) => {
    expect(explainText(content)).toThrow(expect.objectContaining({ code: 'THROTTLE_CONFIG_INVALID' }));
    expect(explainText(content)).toThrow(message);
  });

  it('refuses a file that is not there', () => {
    expect(() => explain(join(workspace.root, 'nowhere.json'))).toThrow(
      expect.objectContaining({ code: 'WORKSPACE_FILE_UNREADABLE' }),
    );
  });
});

describe('describeExplanation', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'spillway-explain-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('prints only words and finite numbers, each line within 110 columns', () => {
    const options = fc.record({
      durationMs: fc.option(fc.double({ min: 0.001, max: 900_000, noNaN: true }), { nil: undefined }),
      payloadBytes: fc.option(fc.integer({ min: 1, max: 100_000_000 }), { nil: undefined }),
    });
    const limits = fc.record({
      rateLimit: fc.double({ min: Number.MIN_VALUE, noNaN: true, noDefaultInfinity: true }),
      burstLimit: fc.maxSafeNat().map((number) => number || 1),
      reservedConcurrency: fc.nat({ max: 3000 }).map((number) => number || 1),
      memorySize: fc.integer({ min: 128, max: 10_240 }),
      timeoutSeconds: fc.integer({ min: 1, max: 900 }),
    });
    fc.assert(
      fc.property(limits, options, (of, given) => {
        const file = join(folder, 'throttle.json');
        writeFileSync(file, JSON.stringify({ limits: of }));
        const lines = describeExplanation('throttle.json', explain(file, given), plain).split('\n');
        expect(lines.filter((line) => /NaN|Infinity|undefined|null|\[object/.test(line))).toEqual([]);
        expect(lines.filter((line) => line.length > 110)).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});
