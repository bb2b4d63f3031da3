import fc from 'fast-check';
import { synthesized } from './__fixtures__/stack-of.ts';
import { buildStageModel } from './stage-model.ts';
import { TemplateError } from './template-error.ts';
import { templateSchema } from './template-schema.ts';

const TYPES = [
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGateway::Resource',
  'AWS::ApiGateway::Method',
  'AWS::ApiGateway::Stage',
  'AWS::ApiGateway::Deployment',
  'AWS::ApiGateway::UsagePlan',
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Stage',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Integration',
  'AWS::Lambda::Function',
  'AWS::Lambda::Alias',
  'AWS::DynamoDB::Table',
  'Custom::Thing',
  'constructor',
];

const IDS = ['A', 'B', 'C', 'D', 'constructor', 'toString', '__proto__'];

/** Names that the local stage looks for, so that random templates are not random noise. */
const PROPERTIES = [
  'RestApiId',
  'ApiId',
  'ResourceId',
  'ParentId',
  'PathPart',
  'HttpMethod',
  'Integration',
  'StageName',
  'MethodSettings',
  'Variables',
  'Type',
  'Uri',
  'Code',
  'ZipFile',
  'Runtime',
  'Environment',
  'FunctionName',
  'Layers',
  'TableName',
  'KeySchema',
  'AttributeDefinitions',
  'Name',
  'RouteKey',
  'Target',
  'Body',
];

const id = fc.constantFrom(...IDS);

const { value } = fc.letrec((again) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(
      '',
      'A.Arn',
      '${A.Arn}',
      '${B}',
      '*',
      'GET',
      'nodejs24.x',
      '{{resolve:ssm:x}}',
      0,
      -1,
      true,
      null,
    ),
    fc.record({ Ref: fc.oneof(id, fc.constantFrom('AWS::NoValue', 'AWS::Region')) }),
    fc.record({ 'Fn::GetAtt': fc.tuple(id, fc.constantFrom('Arn', 'RootResourceId', 'X')) }),
    fc
      .tuple(
        fc.constantFrom(
          'Join',
          'Sub',
          'Select',
          'Split',
          'If',
          'FindInMap',
          'Cidr',
          'GetAZs',
          'ImportValue',
          'Nope',
        ),
        again('value'),
      )
      .map(([name, argument]) => ({ [`Fn::${name}`]: argument })),
    fc.array(again('value'), { maxLength: 3 }),
    fc.constant({ toString: 1 }),
    fc.dictionary(fc.constantFrom(...PROPERTIES), again('value'), { maxKeys: 4 }),
  ),
}));

const properties = fc.dictionary(fc.constantFrom(...PROPERTIES), value, { maxKeys: 8 });
const resource = fc.record(
  { Type: fc.constantFrom(...TYPES), Properties: properties, Condition: id },
  { requiredKeys: ['Type'] },
);
const template = fc.record(
  {
    Resources: fc.dictionary(id, resource),
    Conditions: fc.dictionary(id, value),
    Mappings: fc.dictionary(id, value),
    Parameters: fc.dictionary(
      id,
      fc.record({ Type: fc.constantFrom('String', 'CommaDelimitedList'), Default: value }),
    ),
    Outputs: fc.dictionary(id, fc.record({ Value: value })),
  },
  { requiredKeys: ['Resources'] },
);

/** What building gave: a model, or the one error it may throw. */
function outcomeOf(candidate: unknown): 'a model' | 'a TemplateError' | 'no template' {
  const parsed = templateSchema.safeParse(candidate);
  if (!parsed.success) return 'no template';
  try {
    buildStageModel(synthesized('Some', parsed.data), 'us-east-1');
    return 'a model';
  } catch (error) {
    if (error instanceof TemplateError) return 'a TemplateError';
    throw error;
  }
}

/** The smallest stage there is, so that what random resources are added to is read to its end. */
const sound = {
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: {} },
  Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod' } },
  Method: {
    Type: 'AWS::ApiGateway::Method',
    Properties: {
      RestApiId: { Ref: 'Api' },
      ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
      HttpMethod: 'GET',
    },
  },
};

describe('buildStageModel, of any template', () => {
  it('gives a model or throws a TemplateError, and nothing else', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(template, (candidate) => {
        seen.add(outcomeOf({ ...candidate, Resources: { ...sound, ...candidate.Resources } }));
      }),
      { numRuns: 1000 },
    );
    expect([...seen].sort()).toEqual(['a TemplateError', 'a model']);
  });

  it('does so of a stage with one property spoilt', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(
        fc.constantFrom(...(Object.keys(sound) as (keyof typeof sound)[])),
        fc.constantFrom(...PROPERTIES),
        value,
        (spoilt, property, with_) => {
          const { Type, Properties } = sound[spoilt];
          const Resources = {
            ...sound,
            [spoilt]: { Type, Properties: { ...Properties, [property]: with_ } },
          };
          seen.add(outcomeOf({ Resources }));
        },
      ),
      { numRuns: 1000 },
    );
    expect([...seen].sort()).toEqual(['a TemplateError', 'a model']);
  });
});
