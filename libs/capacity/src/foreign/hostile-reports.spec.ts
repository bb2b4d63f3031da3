import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RECORDED, recordedFile } from './__fixtures__/recorded-report.ts';
import { analyzeReport } from './analyze-report.ts';

const slo = { latencyMs: 500, errorRatio: 0.01 };
const files = RECORDED.map((name) =>
  readFileSync(join(__dirname, '__fixtures__', recordedFile(name)), 'utf8'),
);

/** What a reader sees of an analysis has no hole in it: no NaN, no infinity, nothing undefined. */
function expectWhole(text: string, targets = slo): void {
  const shown: unknown[] = [];
  const walk = (value: unknown): void => {
    if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk);
    else shown.push(value);
  };
  walk(analyzeReport(text, targets));
  for (const value of shown) {
    expect(value).toBeDefined();
    if (typeof value === 'number') expect(value).toBeAFigure();
    else if (typeof value === 'string') expect(value).not.toMatch(/\b(NaN|Infinity|undefined)\b|\[object/);
  }
}

expect.extend({
  toBeAFigure: (value: number) => ({
    pass: Number.isFinite(value) && value >= 0,
    message: () => `${value} is no figure`,
  }),
});

declare global {
  // Jest's own matchers are declared in a namespace, and only there can one be added.
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace jest {
    interface Matchers<R> {
      toBeAFigure(): R;
    }
  }
}

/** Values that a damaged file may have in place of another. */
const damage = fc.oneof(
  fc.constantFrom(
    null,
    '',
    -1,
    0,
    0.5,
    1e11,
    1e15,
    1e308,
    'NaN',
    true,
    [],
    {},
    [null],
    '2026-01-01T00:00:00Z',
  ),
  fc.jsonValue(),
);

/** Replaces the leaf or branch that `path` leads to, its numbers taken modulo the keys there are. */
function mutate(value: unknown, path: readonly number[], by: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined || typeof value !== 'object' || value === null) return by;
  const keys = Object.keys(value);
  const key = keys[step % Math.max(1, keys.length)];
  if (key === undefined) return by;
  const child = mutate((value as Record<string, unknown>)[key], rest, by);
  return Array.isArray(value) ? value.with(Number(key), child) : { ...value, [key]: child };
}

const path = fc.array(fc.nat(), { minLength: 1, maxLength: 6 });

describe('analyzeReport, of a file that means it no good,', () => {
  it('takes any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => expectWhole(text)));
  });

  it('takes any JSON', () => {
    fc.assert(fc.property(fc.jsonValue(), (json) => expectWhole(JSON.stringify(json))));
  });

  it('takes any JSON for an aggregate and its windows', () => {
    const counters = fc.dictionary(
      fc.constantFrom(
        'http.requests',
        'http.codes.200',
        'http.codes.429',
        'vusers.created',
        'errors.ETIMEDOUT',
        'x',
      ),
      fc.oneof(fc.nat(), fc.constant(1e12), fc.double()),
    );
    const window = fc.record(
      {
        counters,
        period: fc.oneof(fc.nat(), fc.constant('1795472490000')),
        summaries: fc.jsonValue(),
        rates: fc.jsonValue(),
      },
      { requiredKeys: ['counters'] },
    );
    fc.assert(
      fc.property(window, fc.array(window), (aggregate, intermediate) =>
        expectWhole(JSON.stringify({ aggregate, intermediate })),
      ),
    );
  });

  it('takes recorded reports with parts replaced', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.array(fc.tuple(path, damage), { minLength: 1, maxLength: 4 }),
        (text, changes) => {
          const json = changes.reduce(
            (value: unknown, [where, by]) => mutate(value, where, by),
            JSON.parse(text),
          );
          expectWhole(JSON.stringify(json));
        },
      ),
      { numRuns: 400 },
    );
  });

  it('takes recorded reports cut anywhere', () => {
    fc.assert(
      fc.property(fc.constantFrom(...files), fc.double({ min: 0, max: 1, noNaN: true }), (text, share) =>
        expectWhole(text.slice(0, Math.floor(share * text.length))),
      ),
    );
  });

  it('takes any SLO', () => {
    const latencyMs = fc.double({ min: Number.MIN_VALUE, max: 1e300, noNaN: true });
    const errorRatio = fc.double({ min: Number.MIN_VALUE, max: 1 - Number.EPSILON, noNaN: true });
    fc.assert(
      fc.property(fc.constantFrom(...files), latencyMs, errorRatio, (text, ...targets) =>
        expectWhole(text, { latencyMs: targets[0], errorRatio: targets[1] }),
      ),
    );
  });
});
