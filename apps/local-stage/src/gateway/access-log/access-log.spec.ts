import { renderAccessLog } from './access-log.ts';

const variables = (values: Record<string, string | number | null>) => (name: string) => values[name];

describe('renderAccessLog', () => {
  it.each([
    ['a value', '$context.status', { status: 200 }, '200'],
    ['a value with a dot', '[$context.identity.sourceIp]', { 'identity.sourceIp': '::1' }, '[::1]'],
    ['a dash for none', '$context.error.message', {}, '-'],
    ['a dash for null and for nothing', '$context.a $context.b', { a: null, b: '' }, '- -'],
    [
      'two names with a dash between',
      '$context.requestId-$context.status',
      { requestId: 'r', status: 1 },
      'r-1',
    ],
    ['a name before a dot', 'took $context.latency.', { latency: 3 }, 'took 3.'],
    ['a name with a dash', '$context.authorizer.my-claim', { 'authorizer.my-claim': 'x' }, 'x'],
    ['text alone', 'nothing here', {}, 'nothing here'],
    ['a format over several lines in one', '{\n "s":$context.status\n}\n', { status: 1 }, '{  "s":1 }'],
    ['quotes of a client so that JSON stays JSON', '"$context.agent"', { agent: 'a"b\\c' }, '"a\\"b\\\\c"'],
    [
      'a message string with its own quotes',
      '$context.error.messageString',
      { 'error.messageString': '"no"' },
      '"no"',
    ],
  ])('writes %s', (_case, format, values, line) => {
    expect(renderAccessLog(format, variables(values as Record<string, string>))).toBe(line);
  });

  it('keeps a line one line, whatever a client sends', () => {
    expect(renderAccessLog('$context.a', variables({ a: 'x\ny' }))).toBe('x\\ny');
  });
});
