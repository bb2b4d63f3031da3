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
    Tier: { Type: 'String', Default: 'small', AllowedValues: ['small', 'large'] },
    Given: { Type: 'String', Default: 'default' },
    Wrong: { Type: 'String', AllowedValues: ['right'] },
  },
  Conditions: {
    IsSmall: { 'Fn::Equals': [{ Ref: 'Size' }, '3'] },
    IsLarge: { 'Fn::Not': [{ Condition: 'IsSmall' }] },
    Both: { 'Fn::And': [{ Condition: 'IsSmall' }, { Condition: 'IsLarge' }] },
    Either: { 'Fn::Or': [{ Condition: 'IsSmall' }, { Condition: 'IsLarge' }] },
    Nested: {
      'Fn::And': [
        { 'Fn::Not': [{ 'Fn::Or': [{ Condition: 'IsLarge' }, { 'Fn::Equals': [1, 2] }] }] },
        { 'Fn::Equals': [{ Ref: 'Zones' }, ['x', 'y']] },
      ],
    },
    Round: { 'Fn::Not': [{ Condition: 'Trip' }] },
    Trip: { 'Fn::Not': [{ Condition: 'Round' }] },
    Rule: { 'Fn::Contains': [['a'], 'a'] },
  },
  Mappings: { ByRegion: { 'eu-west-1': { size: 7, names: ['a', 'b'] } } },
});

function nested(depth: number): unknown {
  let value: unknown = 'x';
  for (let level = 0; level < depth; level += 1) value = { a: [value] };
  return value;
}

const resolver = new IntrinsicResolver({
  template,
  stackName: 'Stack',
  region: 'eu-west-1',
  accountId: '000000000000',
  parameterValues: new Map([
    ['Given', 'given'],
    ['Wrong', 'wrong'],
  ]),
  exported: (name) => (name === 'shared' ? 'imported' : undefined),
  stackOutput: (stack, output) => (stack === 'Data' ? `output ${output}` : undefined),
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
    [
      'Fn::FindInMap of a list, by keys worked out',
      { 'Fn::Select': [1, { 'Fn::FindInMap': ['ByRegion', { Ref: 'AWS::Region' }, 'names'] }] },
      'b',
    ],
    [
      'the default of Fn::FindInMap',
      { 'Fn::FindInMap': ['Nowhere', 'a', 'b', { DefaultValue: { Ref: 'Tier' } }] },
      'small',
    ],
    ['Fn::Base64', { 'Fn::Base64': 'hi' }, 'aGk='],
    ['Fn::Cidr', { 'Fn::Cidr': ['10.0.0.0/16', '2', '8'] }, ['10.0.0.0/24', '10.0.1.0/24']],
    ['Fn::Length', { 'Fn::Length': { Ref: 'Zones' } }, 2],
    ['Fn::ToJsonString', { 'Fn::ToJsonString': { a: { Ref: 'Size' } } }, '{"a":3}'],
    ['Fn::ImportValue', { 'Fn::ImportValue': { 'Fn::Sub': 'shared' } }, 'imported'],
    [
      'Fn::GetStackOutput',
      { 'Fn::GetStackOutput': { StackName: 'Data', OutputName: 'Table' } },
      'output Table',
    ],
    ['a given parameter', { Ref: 'Given' }, 'given'],
    [
      'Fn::GetAtt whose attribute is worked out',
      { 'Fn::GetAtt': ['Table', { 'Fn::Sub': 'Arn' }] },
      'arn:Table',
    ],
    ['a dynamic reference', 'v={{resolve:ssm:/a/b:3}}', 'v=/a/b:3'],
    [
      'a dynamic reference joined from parts',
      { 'Fn::Join': ['', ['{{resolve:secretsmanager:', 'db', ':SecretString:user::}}']] },
      'db:SecretString:user',
    ],
    ['what merely looks like a function', { Ref: 'Table', b: 1 }, { Ref: 'Table', b: 1 }],
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
    ['a join of objects', { 'Fn::Join': ['', [{ toString: 1 }]] }, /Fn::Join .* wants text/],
    ['a value that is not allowed', { Ref: 'Wrong' }, /Ref Wrong is wrong, want one of right/],
    ['a property that every object has', { Ref: 'constructor' }, /Ref constructor/],
    ['an attribute of nothing', { 'Fn::GetAtt': 'Nowhere.Arn' }, /Nowhere\.Arn is no resource/],
    ['an import nobody exports', { 'Fn::ImportValue': 'x' }, /give --import x=<value>/],
    [
      'the output of a stack that is not there',
      { 'Fn::GetStackOutput': { StackName: 'x', OutputName: 'y' } },
      /no temp/,
    ],
    ['a macro', { 'Fn::Transform': { Name: 'Mine' } }, /Fn::Transform .* macros run on AWS only/],
    ['a loop', { a: 1, 'Fn::ForEach::Loop': ['x', ['y'], {}] }, /Fn::ForEach::Loop .* not expanded/],
    ['a function that does not exist', { 'Fn::Reverse': 'x' }, /Fn::Reverse x has no value/],
    ['conditions that go round', { 'Fn::If': ['Round', 1, 2] }, /Condition Round refers to itself/],
    ['a function of rules', { 'Fn::If': ['Rule', 1, 2] }, /Fn::Contains.* is no condition function/],
    ['what is nested without end', nested(50_000), /nested deeper than 200/],
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
    ['Nested', true],
  ])('decides condition %s', (condition, expected) => {
    expect(resolver.holds(condition)).toBe(expected);
  });

  it("lets an SSM parameter's name stand in for its value, and keeps note of it", () => {
    expect(resolver.resolve({ Ref: 'Image' })).toBe('/images/latest');
    expect(resolver.stoodIn).toContain('SSM parameter Image (/images/latest)');
  });

  it.each([
    ['{{resolve:ssm-secure:key:1}}', 'secure SSM parameter key:1'],
    ['{{resolve:secretsmanager:db}}', 'secret db'],
  ])('keeps note of %s', (text, what) => {
    resolver.resolve(text);
    expect(resolver.stoodIn).toContain(what);
  });
});
