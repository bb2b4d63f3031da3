import { consoleText, errorText } from './console-lines.ts';
import { TEXT_LOGGING, type FunctionLogging } from '../function-logging.ts';

const AT_MS = Date.UTC(2026, 0, 31, 12);
const JSON_LOGGING: FunctionLogging = { format: 'JSON', applicationLevel: 'INFO', systemLevel: 'INFO' };
const head = '2026-01-31T12:00:00.000Z\tr-1\t';

describe('consoleText', () => {
  it.each<[string, unknown[], string]>([
    ['a text', ['hello'], 'hello'],
    ['a format', ['%s is %d', 'x', 1], 'x is 1'],
    ['an object', [{ a: { b: 1 } }, 'y'], '{ a: { b: 1 } } y'],
    ['nothing', [], 'undefined'],
    ['several lines', ['a\nb'], 'a\nb'],
  ])('writes %s as text', (_case, said, expected) => {
    expect(consoleText(TEXT_LOGGING, 'INFO', 'r-1', AT_MS, said)).toBe(`${head}INFO\t${expected}\n`);
  });

  it('has no request id during init', () => {
    expect(consoleText(TEXT_LOGGING, 'WARN', undefined, AT_MS, ['x'])).toBe(
      '2026-01-31T12:00:00.000Z\tundefined\tWARN\tx\n',
    );
  });

  const json = (...said: unknown[]): unknown =>
    JSON.parse(consoleText(JSON_LOGGING, 'INFO', 'r-1', AT_MS, said));
  const line = { timestamp: '2026-01-31T12:00:00.000Z', level: 'INFO', requestId: 'r-1' };

  it('writes one argument into JSON as it is, and several as one text', () => {
    expect(json({ a: 1 })).toEqual({ ...line, message: { a: 1 } });
    expect(json('%s!', 'x')).toEqual({ ...line, message: 'x!' });
  });

  it('spells errors out in JSON, alone and among others', () => {
    const traced = { errorType: 'TypeError', errorMessage: 'no', stackTrace: expect.any(Array) };
    expect(json(new TypeError('no'))).toEqual({ ...line, message: traced });
    expect(json('failed', new TypeError('no'))).toMatchObject({ ...line, ...traced });
  });

  it('writes what has no JSON as text', () => {
    const circle: { self?: object } = {};
    circle.self = circle;
    expect(json(circle)).toMatchObject({ message: expect.stringContaining('[Circular') });
    expect(json(1n)).toMatchObject({ message: '1n' });
  });
});

describe('errorText', () => {
  it('has the error as JSON behind its title, with what the handler put on it', () => {
    const error = Object.assign(new RangeError('bad'), { code: 'E1', stack: 'RangeError: bad\n    at x' });
    expect(errorText(TEXT_LOGGING, 'Invoke Error', 'r-1', AT_MS, error)).toBe(
      `${head}ERROR\tInvoke Error \t` +
        '{"errorType":"RangeError","errorMessage":"bad","code":"E1","stack":["RangeError: bad","    at x"]}\n',
    );
  });

  it('makes an error of whatever was thrown', () => {
    expect(errorText(TEXT_LOGGING, 'Invoke Error', 'r-1', AT_MS, 'just text')).toContain(
      '{"errorType":"Error","errorMessage":"just text"',
    );
  });

  it('is the error alone in a JSON log', () => {
    const text = errorText(JSON_LOGGING, 'Invoke Error', 'r-1', AT_MS, new RangeError('bad'));
    expect(JSON.parse(text)).toMatchObject({ level: 'ERROR', message: { errorType: 'RangeError' } });
  });
});
