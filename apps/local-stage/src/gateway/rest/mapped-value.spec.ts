import { fillTemplate, readMappedValue, referencesOf, type ValueSource } from './mapped-value.ts';

const from: ValueSource = {
  context: (name) => ({ requestId: 'r-1', 'error.messageString': '"no"', status: 429 })[name],
  stageVariables: { colour: 'blue' },
  parameter: (source, name) => (name === 'x' ? `${source}-x` : null),
};

describe('readMappedValue', () => {
  it.each([
    ["'text'", 'text'],
    ["''", ''],
    ["'it''s'", "it''s"],
    ['context.requestId', 'r-1'],
    ['context.status', '429'],
    ['context.unknown', null],
    ['stageVariables.colour', 'blue'],
    ['stageVariables.none', null],
    ['method.request.header.x', 'header-x'],
    ['method.request.querystring.x', 'querystring-x'],
    ['method.request.multivaluequerystring.x', 'querystring-x'],
    ['method.request.path.x', 'path-x'],
    ['method.request.header.none', null],
    ['bare', null],
  ])('reads %s as %p', (expression, value) => expect(readMappedValue(expression)(from)).toBe(value));
});

describe('fillTemplate', () => {
  it.each([
    ['{"message":$context.error.messageString}', '{"message":"no"}'],
    ['${context.requestId}s', 'r-1s'],
    ['$context.requestId-$context.status.', 'r-1-429.'],
    ['$stageVariables.colour/$method.request.header.x', 'blue/header-x'],
    ['[$context.nothing]', '[]'],
    ['#set($a = 1) $input.body costs 5$', '#set($a = 1) $input.body costs 5$'],
  ])('fills %s', (template, text) => expect(fillTemplate(template, from)).toBe(text));
});

describe('referencesOf', () => {
  it('names what a template refers to', () => {
    expect(referencesOf('$context.a.b ${stageVariables.c} $input.d')).toEqual([
      'context.a.b',
      'stageVariables.c',
    ]);
  });
});
