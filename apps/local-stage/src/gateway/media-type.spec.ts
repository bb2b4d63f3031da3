import { firstMediaType, isBinaryMedia, mediaTypeOf } from './media-type.ts';

describe('firstMediaType', () => {
  it.each([
    ['text/HTML; charset=utf-8', 'text/html'],
    [' image/png , */*', 'image/png'],
    ['', ''],
    [undefined, ''],
  ])('takes %j for %j', (header, type) => {
    expect(firstMediaType(header)).toBe(type);
  });
});

describe('mediaTypeOf', () => {
  it('takes a body that says no type for JSON', () => {
    expect(mediaTypeOf({})).toBe('application/json');
    expect(mediaTypeOf({ 'content-type': 'Text/Plain;a=b' })).toBe('text/plain');
  });
});

describe('isBinaryMedia', () => {
  it.each([
    ['a declared type', ['image/png'], 'image/png; a=b', true],
    ['a declared type in other letters', ['Image/PNG'], 'image/png', true],
    ['a type in other letters', ['image/png'], 'IMAGE/PNG', true],
    ['another type', ['image/png'], 'image/jpeg', false],
    ['any type where all are declared', ['*/*'], undefined, true],
    ['no type', ['image/png'], undefined, false],
    ['a type where none is declared', [], 'image/png', false],
  ])('is asked of %s', (_case, declared, header, isBinary) => {
    expect(isBinaryMedia(declared, header)).toBe(isBinary);
  });
});
