import { INVOKE_LIMIT_BYTES, isOverInvokeLimit } from './payload-size.ts';

describe('isOverInvokeLimit', () => {
  const overhead = JSON.stringify({ body: '' }).length;

  it.each([
    ['the last byte that fits', 'x'.repeat(INVOKE_LIMIT_BYTES - overhead), false],
    ['the first that does not', 'x'.repeat(INVOKE_LIMIT_BYTES - overhead + 1), true],
    ['quotes, which count twice', '"'.repeat((INVOKE_LIMIT_BYTES - overhead) / 2 + 1), true],
    ['control characters, which count six times', '\u0001'.repeat(INVOKE_LIMIT_BYTES / 6), true],
    ['a small body', 'x', false],
  ])('decides %s (F15)', (_case, body, isOver) => {
    expect(isOverInvokeLimit({ body }, Buffer.from(body))).toBe(isOver);
  });

  it('does not write out the event of a body that is over the limit by itself', () => {
    const event = { toJSON: jest.fn() };
    expect(isOverInvokeLimit(event, Buffer.alloc(INVOKE_LIMIT_BYTES + 1))).toBe(true);
    expect(event.toJSON).not.toHaveBeenCalled();
  });
});
