import { parseDurationMs } from './duration.ts';

describe('parseDurationMs', () => {
  it.each([
    ['5ms', 5],
    ['0ms', 0],
    ['1.5s', 1500],
    ['2m', 120_000],
    ['5', null],
    ['-5ms', null],
    ['5 ms', null],
    ['ms', null],
    ['1h', null],
    ['1e3ms', null],
    ['', null],
  ])('%s → %s', (text, durationMs) => {
    expect(parseDurationMs(text)).toBe(durationMs);
  });
});
