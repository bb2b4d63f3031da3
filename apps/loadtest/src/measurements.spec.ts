import { storedBytesOf } from './measurements.ts';

describe('storedBytesOf', () => {
  it('counts what DynamoDB stores, not the request', () => {
    // A 1,024-byte body becomes an item of over 1,024: two write units, not one.
    expect(storedBytesOf(1_024)).toBeGreaterThan(1_024);
    expect(storedBytesOf(2_024) - storedBytesOf(1_024)).toBe(1_000);
  });
});
