import { describeError, toJson } from './handler-answer.ts';
import { RESPONSE_LIMIT_BYTES } from '../function-definition.ts';

describe('toJson', () => {
  it.each<[unknown, string, string]>([
    [undefined, 'null', 'no answer'],
    [null, 'null', 'null'],
    [() => 1, 'null', 'no JSON at all'],
    [
      { a: undefined, b: () => 1, c: NaN, d: new Date(0) },
      '{"c":null,"d":"1970-01-01T00:00:00.000Z"}',
      'as JSON',
    ],
    ['é😀', '"é😀"', 'text'],
  ])('of %p is %s: %s', (result, json) => {
    expect(toJson(result)).toBe(json);
  });

  it('accepts an answer of exactly the limit and refuses one byte more', () => {
    const quotes = 2;
    expect(toJson('x'.repeat(RESPONSE_LIMIT_BYTES - quotes))).toHaveLength(RESPONSE_LIMIT_BYTES);
    expect(() => toJson('x'.repeat(RESPONSE_LIMIT_BYTES - quotes + 1))).toThrow(
      expect.objectContaining({ name: 'Function.ResponseSizeTooLarge' }),
    );
  });

  it('counts bytes of UTF-8, not characters', () => {
    expect(() => toJson('é'.repeat(RESPONSE_LIMIT_BYTES / 2))).toThrow(
      expect.objectContaining({ name: 'Function.ResponseSizeTooLarge' }),
    );
  });

  it.each([
    ['a BigInt', () => ({ n: 1n })],
    [
      'a circle',
      () => {
        const circle: { self?: unknown } = {};
        circle.self = circle;
        return circle;
      },
    ],
  ])('refuses %s', (_name, make) => {
    expect(() => toJson(make())).toThrow(expect.objectContaining({ name: 'Runtime.JSONStringifyError' }));
  });
});

describe('describeError', () => {
  const unreadable = new Error();
  Object.defineProperty(unreadable, 'message', {
    get() {
      throw new Error('no');
    },
  });

  it.each([
    [new RangeError('far'), 'RangeError', 'far'],
    ['text', 'string', 'text'],
    [undefined, 'undefined', 'undefined'],
    [unreadable, 'handled', 'the thrown value could not be read'],
    [Object.create(null), 'handled', 'the thrown value could not be read'],
  ])('names what was thrown (%#)', (thrown, errorType, errorMessage) => {
    expect(describeError(thrown)).toEqual({ errorType, errorMessage });
  });
});
