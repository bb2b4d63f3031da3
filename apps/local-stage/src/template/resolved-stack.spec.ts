import * as z from 'zod';
import { stackOf, synthesized } from './__fixtures__/stack-of.ts';
import { ResolvedStack } from './resolved-stack.ts';
import { TemplateError } from './template-error.ts';

const schema = z.looseObject({ Needed: z.string(), Spare: z.string().optional() });

describe('ResolvedStack', () => {
  it.each([
    ['its own name', { FunctionName: 'mine' }, 'mine'],
    ['a name made of others', { FunctionName: { 'Fn::Sub': '${AWS::StackName}-${Role}' } }, 'Some-Some-Role'],
    ['no name', {}, 'Some-Fn'],
    ['a name that is no text', { FunctionName: ['x'] }, 'Some-Fn'],
  ])('calls a function with %s', (_case, Properties, expected) => {
    const stack = stackOf({
      Fn: { Type: 'AWS::Lambda::Function', Properties },
      Role: { Type: 'AWS::IAM::Role' },
    });
    expect(stack.ofType('AWS::Lambda::Function')[0]?.physicalId).toBe(expected);
    expect([...stack.notPlayed]).toEqual([]);
  });

  it('keeps a generated name within 64 characters, and apart from its like', () => {
    const [a, b] = ['a', 'b'].map((last) => {
      const id = `${'x'.repeat(70)}${last}`;
      return stackOf({ [id]: { Type: 'AWS::Lambda::Function' } }).resources[0]?.physicalId;
    });
    expect(a).toHaveLength(64);
    expect(a).not.toBe(b);
  });

  it('lets a name stand in for one that only a deployment knows, and says so', () => {
    const stack = stackOf({
      Fn: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: { 'Fn::GetAtt': ['Own', 'Name'] } } },
      Own: { Type: 'Custom::Namer' },
    });
    expect(stack.resources[0]?.physicalId).toBe('Some-Fn');
    expect(stack.resolver.resolve({ 'Fn::GetAtt': ['Fn', 'Arn'] })).toMatch(/:function:Some-Fn$/);
    expect([...stack.notPlayed]).toEqual([
      'name of Fn: Some-Fn stands in for it (Fn::GetAtt Own.Name is not known here)',
    ]);
  });

  it('refuses names that go round in a circle', () => {
    const named = (other: string): object => ({
      Type: 'AWS::SQS::Queue',
      Properties: { QueueName: { 'Fn::Sub': `\${${other}.QueueName}` } },
    });
    const stack = stackOf({ A: named('B'), B: named('A') });
    expect(() => stack.resources[0]?.physicalId).toThrow(TemplateError);
    expect(() => stack.attempt({ Ref: 'A' }, 'it')).toThrow(/refers to itself/);
  });

  it('refuses conditions that go round in a circle', () => {
    const Conditions = { A: { Condition: 'B' }, B: { Condition: 'A' } };
    const source = synthesized('Some', { Conditions, Resources: { R: { Type: 'T', Condition: 'A' } } });
    expect(() => new ResolvedStack(source, 'eu-west-1', '0')).toThrow(
      /Some\.template\.json.*refers to itself/,
    );
  });

  it('goes without an optional property that has no value here, never without a needed one', () => {
    const stack = stackOf({
      Spared: { Type: 'T', Properties: { Needed: 'x', Spare: { Ref: 'Nobody' } } },
      Lacking: { Type: 'T', Properties: { Needed: { Ref: 'Nobody' } } },
    });
    const [spared, lacking] = stack.resources;
    expect(stack.read(spared!, schema)).toEqual({ Needed: 'x' });
    expect([...stack.notPlayed]).toEqual([expect.stringMatching(/^Spared\.Spare \(Ref Nobody is neither/)]);
    expect(() => stack.read(lacking!, schema)).toThrow(/Lacking\.Needed can't be worked out: Ref Nobody/);
    expect(stack.tryRead(lacking!, schema, 'the thing')).toBeUndefined();
    expect([...stack.notPlayed]).toContainEqual(expect.stringMatching(/^the thing \(Lacking\.Needed/));
  });

  it('finds nothing that objects merely inherit', () => {
    const stack = stackOf({ constructor: { Type: 'toString', Properties: {} } });
    expect(stack.resources).toMatchObject([{ type: 'toString', physicalId: 'Some-constructor' }]);
    expect(() => stack.resolver.resolve({ Ref: 'valueOf' })).toThrow(/neither a parameter nor a resource/);
  });
});

describe('a stack that uses others', () => {
  const base = synthesized('Base', {
    Resources: { Bucket: { Type: 'AWS::S3::Bucket' } },
    Outputs: { Bucket: { Value: { Ref: 'Bucket' }, Export: { Name: 'bucket' } } },
  });
  const data = synthesized('Data', {
    Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
    Resources: {
      Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: { 'Fn::ImportValue': 'bucket' } } },
    },
    Outputs: {
      Table: { Value: { Ref: 'Table' }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}-table' } } },
      Round: { Value: { 'Fn::ImportValue': 'round' }, Export: { Name: 'round' } },
      Plain: { Value: 'not exported' },
      Unborn: { Value: 'x', Export: { Name: 'unborn' }, Condition: 'Never' },
    },
  });
  const using = (value: unknown, importedValues = new Map<string, string>()): ResolvedStack =>
    stackOf(
      { R: { Type: 'T', Properties: { Deep: [{ value }] } } },
      { siblings: [base, data], importedValues },
    );

  it('takes an exported value from the stack that exports it, through that from a third', () => {
    const stack = using({ 'Fn::ImportValue': 'Data-table' });
    expect(stack.resolver.resolve({ 'Fn::ImportValue': 'Data-table' })).toBe('Base-Bucket');
    expect(stack.importedStacks().map(({ source }) => source.stackName)).toEqual(['Data', 'Base']);
  });

  it('takes an output that is not exported by the name of its stack', () => {
    const value = { 'Fn::GetStackOutput': { StackName: 'Data', OutputName: 'Plain' } };
    expect(using(value).resolver.resolve(value)).toBe('not exported');
    expect(
      using(value)
        .importedStacks()
        .map(({ source }) => source.stackName),
    ).toContain('Data');
  });

  it('prefers a value given by hand', () => {
    const stack = using('x', new Map([['bucket', 'given']]));
    expect(stack.resolver.resolve({ 'Fn::ImportValue': 'bucket' })).toBe('given');
    expect(stack.importedStacks()).toEqual([]);
  });

  it('does not take an output whose condition does not hold', () => {
    expect(using('x').attempt({ 'Fn::ImportValue': 'unborn' }, 'it')).toBeUndefined();
  });

  it('names what nobody exports, and what exports itself', () => {
    const stack = using({ 'Fn::ImportValue': 'nobody' });
    expect(stack.importedStacks()).toEqual([]);
    expect(stack.attempt({ 'Fn::ImportValue': 'nobody' }, 'it')).toBeUndefined();
    expect([...stack.notPlayed]).toEqual([expect.stringContaining('give --import nobody=<value>')]);
    expect(() => stack.attempt({ 'Fn::ImportValue': 'round' }, 'it')).toThrow(/refers to itself/);
  });
});
