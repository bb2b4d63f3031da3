import { IntrinsicError } from './intrinsic-error.ts';
import { IntrinsicResolver } from './resolve-intrinsics.ts';
import { templateSchema } from '../template-schema.ts';

const template = templateSchema.parse({
  Resources: { Table: { Type: 'AWS::DynamoDB::Table' } },
  Parameters: {
    Size: { Type: 'Number', Default: 3 },
    Zones: { Type: 'CommaDelimitedList', Default: 'x,y' },
    Image: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/images/latest' },
    Bare: { Type: 'String' },
  },
  Conditions: {
    IsSmall: { 'Fn::Equals': [{ Ref: 'Size' }, '3'] },
    IsLarge: { 'Fn::Not': [{ Condition: 'IsSmall' }] },
    Both: { 'Fn::And': [{ Condition: 'IsSmall' }, { Condition: 'IsLarge' }] },
    Either: { 'Fn::Or': [{ Condition: 'IsSmall' }, { Condition: 'IsLarge' }] },
  },
  Mappings: { ByRegion: { 'eu-west-1': { size: 7 } } },
});

const resolver = new IntrinsicResolver({
  template,
  stackName: 'Stack',
  region: 'eu-west-1',
  accountId: '000000000000',
  physicalId: (id) => `physical-${id}`,
  attribute: (id, name) => (name === 'Arn' ? `arn:${id}` : undefined),
});

describe('IntrinsicResolver', () => {
  it.each([
    ['a plain value', { a: [1, 'x', null] }, { a: [1, 'x', null] }],
    ['Ref of a resource', { Ref: 'Table' }, 'physical-Table'],
    ['Ref of a parameter', { Ref: 'Size' }, 3],
    ['Ref of a list parameter', { Ref: 'Zones' }, ['x', 'y']],
    ['Ref of a pseudo parameter', { Ref: 'AWS::URLSuffix' }, 'amazonaws.com'],
    ['a dropped property', { a: { Ref: 'AWS::NoValue' }, b: 1 }, { b: 1 }],
    ['a dropped item', [{ Ref: 'AWS::NoValue' }, 1], [1]],
    ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['Table', 'Arn'] }, 'arn:Table'],
    ['Fn::GetAtt as a path', { 'Fn::GetAtt': 'Table.Arn' }, 'arn:Table'],
    ['Fn::Join', { 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }]] }, 'a-eu-west-1'],
    [
      'Fn::Sub',
      { 'Fn::Sub': '${Table}/${Table.Arn}/${AWS::Region}/${!Kept}' },
      'physical-Table/arn:Table/eu-west-1/${Kept}',
    ],
    ['Fn::Sub with variables', { 'Fn::Sub': ['${v}-${Size}', { v: { Ref: 'Zones' } }] }, 'x,y-3'],
    ['Fn::Select', { 'Fn::Select': ['1', { 'Fn::GetAZs': '' }] }, 'eu-west-1b'],
    ['Fn::Split', { 'Fn::Split': ['/', 'a/b'] }, ['a', 'b']],
    ['Fn::If, true', { 'Fn::If': ['IsSmall', 'small', { Ref: 'Nowhere' }] }, 'small'],
    ['Fn::If, false', { 'Fn::If': ['IsLarge', { Ref: 'Nowhere' }, 'small'] }, 'small'],
    ['Fn::FindInMap', { 'Fn::FindInMap': ['ByRegion', { Ref: 'AWS::Region' }, 'size'] }, 7],
    ['Fn::Base64', { 'Fn::Base64': 'hi' }, 'aGk='],
  ])('works out %s', (_case, value, expected) => {
    expect(resolver.resolve(value)).toEqual(expected);
  });

  it.each([
    ['an unknown name', { Ref: 'Nowhere' }, /Ref Nowhere/],
    ['a parameter without a default', { Ref: 'Bare' }, /Ref Bare is a parameter without a default/],
    ['an unknown attribute', { 'Fn::GetAtt': ['Table', 'Colour'] }, /Fn::GetAtt Table\.Colour/],
    ['a value of another stack', { 'Fn::ImportValue': 'Other' }, /Fn::ImportValue Other/],
    ['an index past the end', { 'Fn::Select': [5, ['a']] }, /selects past the end/],
    ['a hole in a mapping', { 'Fn::FindInMap': ['ByRegion', 'mars', 'size'] }, /no such entry/],
    ['a join of no list', { 'Fn::Join': 'x' }, /wants a list/],
  ])('names %s', (_case, value, message) => {
    expect(() => resolver.resolve(value)).toThrow(IntrinsicError);
    expect(() => resolver.resolve(value)).toThrow(message);
  });

  it.each([
    [undefined, true],
    ['IsSmall', true],
    ['IsLarge', false],
    ['Both', false],
    ['Either', true],
  ])('decides condition %s', (condition, expected) => {
    expect(resolver.holds(condition)).toBe(expected);
  });

  it("lets an SSM parameter's name stand in for its value, and keeps note of it", () => {
    expect(resolver.resolve({ Ref: 'Image' })).toBe('/images/latest');
    expect([...resolver.stoodIn]).toEqual(['Image (/images/latest)']);
  });
});
