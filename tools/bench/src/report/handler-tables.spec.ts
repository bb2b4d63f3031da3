import type { BuiltHandler, HandlerName } from '../handler/build-handlers.ts';
import type { HandlerUse } from '../handler/handler-use.ts';
import type { HandlerRound } from '../handler/measure-handlers.ts';
import { handlerClaims, handlerTables } from './handler-tables.ts';

const use = (initMs: number, warmCpuMs: number | null): HandlerUse => ({
  init: { cpuMs: initMs, wallMs: initMs / 2 },
  firstCpuMs: 30,
  earlyCpuMs: 2,
  warmCpuMs,
  entries: 1,
});

/** @param ingestMs CPU of init and of an invocation; 100 and 10 are the smallest handler's */
const round = (ingestMs: number, warmCpuMs: number | null, starts: readonly number[] = []): HandlerRound => ({
  starts: starts.map((cpuMs) => ({
    smallest: use(100, null).init,
    'smallest, whole SDK': use(200, null).init,
    ingest: use(cpuMs, null).init,
  })),
  uses: {
    smallest: use(100, 10),
    'smallest, whole SDK': use(200, 10),
    ingest: use(ingestMs, warmCpuMs),
  },
  batch: use(ingestMs, 500),
});

const handler = (name: HandlerName, bytes: number): BuiltHandler => ({ name, file: name, bytes });
const handlers = [
  handler('smallest', 100_000),
  handler('smallest, whole SDK', 200_000),
  handler('ingest', 150_499),
];

describe('handlerTables', () => {
  const tables = handlerTables(handlers, [round(110, 12), round(130, 13), round(120, 11)]);

  it('shows medians, and an entry of a batch beside the single ones', () => {
    expect(tables[0]?.rows).toEqual([
      ['smallest', '100', '100', '50', '30', '2', '10'],
      ['smallest, whole SDK', '200', '200', '100', '30', '2', '10'],
      ['ingest', '150', '120', '60', '30', '2', '12'],
      ['ingest, an entry of a batch of 100', '–', '–', '–', '–', '–', '5'],
    ]);
  });

  it('compares within each round', () => {
    expect(tables[1]?.rows[0]?.slice(0, 3)).toEqual(['smallest', '1.20 (1.10–1.30)', '1.20 (1.10–1.30)']);
    expect(tables[1]?.rows[1]?.[1]).toBe('0.60 (0.55–0.65)');
  });
});

describe('handlerClaims', () => {
  const verdicts = (ingestMs: number, warmCpuMs: number | null, rounds = 5) =>
    handlerClaims(Array.from({ length: rounds }, () => round(ingestMs, warmCpuMs))).map(
      ({ verdict }) => verdict,
    );

  it.each([
    ['the last that holds', 125, 13, ['met', 'met', 'met']],
    ['an init too long', 126, 13, ['not met', 'not met', 'met']],
    ['an invocation too dear', 125, 13.1, ['met', 'met', 'not met']],
    ['no invocation', 125, null, ['met', 'met', 'not measured']],
  ])('of %s', (_case, ingestMs, warmCpuMs, expected) => {
    expect(verdicts(ingestMs, warmCpuMs)).toEqual(expected);
  });

  it('say nothing of fewer than five rounds', () => {
    expect(verdicts(100, 10, 4)).toEqual(['not measured', 'not measured', 'not measured']);
  });

  it('take the median of all starts of a round', () => {
    const slowFirst = Array.from({ length: 5 }, () => round(900, 10, [110, 120]));
    expect(handlerClaims(slowFirst)[0]).toMatchObject({ found: '1.20 (1.20–1.20)', verdict: 'met' });
  });
});
