import { takeReading } from './take-reading.ts';

const named = (name: string, code?: string) => Object.assign(new Error('a\n  b'), { name, code });

describe('takeReading', () => {
  it('gives what was read', async () => {
    await expect(takeReading(() => Promise.resolve(5))).resolves.toEqual({ ok: true, value: 5 });
  });

  it.each([
    ['a permission that lacks', named('AccessDeniedException'), /^allow the caller's role/],
    ['one of EC2', named('UnauthorizedOperation'), /^allow the caller's role/],
    ['too many calls', named('TooManyRequestsException'), /^run this again/],
    ['an answer that is late', named('TimeoutError'), /^run this again/],
    ['nobody there', named('Error', 'ECONNREFUSED'), /^run this again/],
    ['anything else', named('UnknownOperationException'), /--allow-unknown/],
  ])('says on one line what went wrong, and what helps against %s', async (_what, error, next) => {
    await expect(takeReading(() => Promise.reject(error))).resolves.toEqual({
      ok: false,
      reason: `not readable (${error.name}: a b)`,
      next: expect.stringMatching(next) as string,
    });
  });
});
