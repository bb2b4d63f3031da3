import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesized } from './__fixtures__/stack-of.ts';
import { readTemplate, type SynthesizedTemplate } from './read-template.ts';
import { buildStageModel } from './stage-model.ts';
import { TemplateError } from './template-error.ts';
import { templateSchema } from './template-schema.ts';

const ECHO = join(__dirname, '../../e2e/__fixtures__/echo-stage/Echo.template.json');
const bundle = mkdtempSync(join(tmpdir(), 'spillway-bundle-'));

afterAll(() => rmSync(bundle, { recursive: true }));

const uri = {
  'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Fn.Arn}/invocations',
};

/** The smallest stage there is; `resources` are added or put in place of its own. */
function template(resources: Record<string, unknown> = {}): SynthesizedTemplate {
  const base = {
    Api: { Type: 'AWS::ApiGateway::RestApi', Properties: {} },
    Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod' } },
    Root: {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        RestApiId: { Ref: 'Api' },
        ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
        HttpMethod: 'POST',
        Integration: { Type: 'AWS_PROXY', Uri: uri },
      },
    },
    Fn: {
      Type: 'AWS::Lambda::Function',
      Properties: { Code: { S3Key: 'b.zip' }, Handler: 'index.handler', Runtime: 'nodejs24.x' },
    },
  };
  const assetPaths = new Map([['b.zip', bundle]]);
  return synthesized('Some', { Resources: { ...base, ...resources } }, { assetPaths });
}

describe('buildStageModel', () => {
  it('finds routes, throttles, functions, tables and outputs in a synthesized template', async () => {
    const model = buildStageModel(await readTemplate(ECHO), 'eu-west-1');
    const [stage] = model.restStages;
    expect(stage).toMatchObject({ apiName: 'echo', stageName: 'prod', variables: { colour: 'blue' } });
    expect(stage?.methods).toContainEqual(
      expect.objectContaining({
        httpMethod: 'ANY',
        resourcePath: '/files/{proxy+}',
        functionName: 'Echo-EchoFunction',
        integrationTimeoutMs: 29_000,
      }),
    );
    expect(stage?.methodSettings).toEqual([
      { resourcePath: '*', httpMethod: '*', rateLimit: 1000, burstLimit: 2000 },
      { resourcePath: '/strict', httpMethod: 'GET', rateLimit: 0.01, burstLimit: 2 },
    ]);
    expect(model.functions).toContainEqual(
      expect.objectContaining({
        name: 'Echo-SlowFunction',
        arn: 'arn:aws:lambda:eu-west-1:000000000000:function:Echo-SlowFunction',
        bundleDirectory: join(ECHO, '../asset.echo'),
        timeoutMs: 5000,
        memorySizeMb: 256,
        reservedConcurrency: 2,
        environment: { TABLE_NAME: 'Echo-Table' },
      }),
    );
    expect(model.tables).toEqual([
      expect.objectContaining({
        tableName: 'Echo-Table',
        keySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        attributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      }),
    ]);
    expect(model.outputs.map(({ key }) => key)).toContain('ApiUrl');
  });

  describe('of a function behind an alias', () => {
    const alias = (Name: string) => ({
      Type: 'AWS::Lambda::Alias',
      Properties: { FunctionName: { Ref: 'Fn' }, FunctionVersion: '1', Name },
    });
    const route = (target: string, HttpMethod: string) => ({
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        RestApiId: { Ref: 'Api' },
        ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
        HttpMethod,
        Integration: { Type: 'AWS_PROXY', Uri: { 'Fn::Sub': uri['Fn::Sub'].replace('${Fn.Arn}', target) } },
      },
    });
    const read = (resources: Record<string, unknown>) => {
      const { functions, notPlayed } = buildStageModel(template(resources), 'us-east-1');
      return { calledAs: functions[0]?.calledAs, aliases: functions[0]?.aliases, notPlayed };
    };

    it('knows the alias that its routes call', () => {
      expect(read({ Live: alias('live'), Root: route('${Live}', 'POST') })).toEqual({
        calledAs: 'live',
        aliases: { live: '1' },
        notPlayed: [],
      });
    });

    it('runs $LATEST where an alias is not in the template, and says so', () => {
      expect(read({ Root: route('${Fn.Arn}:blue', 'POST') })).toMatchObject({
        calledAs: null,
        notPlayed: ['alias blue of Some-Fn (not in the template; $LATEST runs)'],
      });
    });

    it('takes a call of $LATEST and one of the function itself for the same', () => {
      expect(read({ Get: route('${Fn.Arn}:$LATEST', 'GET') })).toMatchObject({
        calledAs: null,
        notPlayed: [],
      });
    });

    it('runs $LATEST for routes that call it in several ways, and says so', () => {
      expect(read({ Live: alias('live'), Get: route('${Live}', 'GET') })).toMatchObject({
        calledAs: null,
        notPlayed: ['function Some-Fn: its versions (called as $LATEST, live; $LATEST runs for all)'],
      });
    });
  });

  it("takes CloudFormation's 3 s, 128 MB and no reservation where the template says nothing", () => {
    expect(buildStageModel(template(), 'us-east-1').functions).toEqual([
      expect.objectContaining({ timeoutMs: 3000, memorySizeMb: 128, reservedConcurrency: null }),
    ]);
  });

  it.each([
    ['another runtime', { Runtime: 'python3.13' }, 'function Some-Fn (runtime python3.13)'],
    ['a container image', { Code: { ImageUri: 'i' } }, 'function Some-Fn (container image)'],
    [
      'code that is not there',
      { Code: { S3Key: 'c.zip' } },
      'function Some-Fn (no folder beside the template for its code c.zip)',
    ],
  ])('names a function of %s and its route, and plays neither', (_case, properties, note) => {
    const Fn = { Handler: 'index.handler', Runtime: 'nodejs24.x', Code: { S3Key: 'b.zip' }, ...properties };
    const source = template({ Fn: { Type: 'AWS::Lambda::Function', Properties: Fn } });
    const model = buildStageModel(source, 'us-east-1');
    expect(model.functions).toEqual([]);
    expect(model.restStages[0]?.methods[0]?.functionName).toBeNull();
    expect(model.notPlayed).toEqual(
      expect.arrayContaining([note, 'POST /: integration AWS_PROXY of Some-Fn (answers 501)']),
    );
  });

  it('names every type and property it does not play, once', () => {
    const source = template({
      A: { Type: 'AWS::SNS::Topic' },
      B: { Type: 'AWS::SNS::Topic' },
      Queue: { Type: 'AWS::SQS::Queue' },
      Table: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          StreamSpecification: {},
        },
      },
    });
    expect(buildStageModel(source, 'us-east-1').notPlayed).toEqual([
      'AWS::DynamoDB::Table.StreamSpecification',
      'AWS::SNS::Topic',
      'AWS::SQS::Queue',
    ]);
  });

  it('names the cause before what comes of it', () => {
    const Fn = {
      Type: 'AWS::Lambda::Function',
      Properties: { Code: { S3Key: 'b.zip' }, Runtime: 'nodejs24.x', Timeout: 'abc' },
    };
    const { notPlayed } = buildStageModel(template({ A: { Type: 'AWS::SNS::Topic' }, Fn }), 'us-east-1');
    expect(notPlayed).toEqual([
      expect.stringMatching(/^function Some-Fn \(Fn\.Timeout .*: found 'abc', want number;/),
      'POST /: integration AWS_PROXY of Some-Fn (answers 501)',
      'AWS::SNS::Topic',
    ]);
  });

  it('leaves out a resource whose condition does not hold', () => {
    const source = template({ A: { Type: 'AWS::SNS::Topic', Condition: 'Never' } });
    const withConditions = {
      ...source,
      template: { ...source.template, Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } },
    };
    expect(buildStageModel(withConditions, 'us-east-1').notPlayed).toEqual([]);
  });

  it('leaves out a variable without a value here, and says so', () => {
    const Fn = {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: { S3Key: 'b.zip' },
        Runtime: 'nodejs24.x',
        Environment: { Variables: { A: '1', B: { 'Fn::ImportValue': 'x' } } },
      },
    };
    const model = buildStageModel(template({ Fn }), 'us-east-1');
    expect(model.functions[0]?.environment).toEqual({ A: '1' });
    expect(model.notPlayed).toEqual([expect.stringContaining('variable B of Some-Fn')]);
  });

  it('names an integration that only a deployment knows, and plays the rest', () => {
    const Root = {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        RestApiId: { Ref: 'Api' },
        ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
        HttpMethod: 'GET',
        Integration: { Type: 'AWS_PROXY', Uri: { 'Fn::GetAtt': ['Custom', 'Uri'] } },
      },
    };
    const model = buildStageModel(template({ Root, Custom: { Type: 'Custom::Thing' } }), 'us-east-1');
    expect(model.restStages[0]?.methods).toHaveLength(1);
    expect(model.notPlayed).toContainEqual(
      expect.stringMatching(/^Root\.Integration \(Fn::GetAtt Custom\.Uri/),
    );
  });

  it('creates the tables and runs the functions of a stack that this one imports from', () => {
    const other = {
      templateFile: 'Other.template.json',
      stackName: 'Other',
      template: templateSchema.parse({
        Resources: {
          Fn: {
            Type: 'AWS::Lambda::Function',
            Properties: { Code: { S3Key: 'b.zip' }, Handler: 'index.handler', Runtime: 'nodejs24.x' },
          },
          Idle: {
            Type: 'AWS::Lambda::Function',
            Properties: { Code: { S3Key: 'b.zip' }, Runtime: 'nodejs24.x' },
          },
          Table: {
            Type: 'AWS::DynamoDB::Table',
            Properties: {
              KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
              AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
            },
          },
        },
        Outputs: { Fn: { Value: { 'Fn::GetAtt': ['Fn', 'Arn'] }, Export: { Name: 'fn' } } },
      }),
      assetPaths: new Map([['b.zip', bundle]]),
    };
    const base = template();
    const Root = structuredClone(base.template.Resources['Root']!);
    Root.Properties!['Integration'] = {
      Type: 'AWS_PROXY',
      Uri: {
        'Fn::Sub': ['a:lambda:path/functions/${arn}/invocations', { arn: { 'Fn::ImportValue': 'fn' } }],
      },
    };
    const model = buildStageModel({ ...template({ Root }), siblings: [other] }, 'us-east-1');
    expect(model.functions.map(({ name }) => name)).toEqual(['Other-Fn']);
    expect(model.tables.map(({ tableName }) => tableName)).toEqual(['Other-Table']);
    expect(model.notPlayed).toEqual([
      'function Some-Fn (no route calls it)',
      'stack Other (but for its tables and the functions that routes call)',
    ]);
  });

  it('names what belongs to an API of another stack', () => {
    const Elsewhere = {
      Type: 'AWS::ApiGateway::Method',
      Properties: { RestApiId: 'elsewhere', ResourceId: 'r', HttpMethod: 'GET' },
    };
    expect(buildStageModel(template({ Elsewhere }), 'us-east-1').notPlayed).toContain(
      'AWS::ApiGateway::Method of an API that is not in this template',
    );
  });

  it('refuses a template without a REST API stage', () => {
    const source = template({ Stage: { Type: 'AWS::SNS::Topic' } });
    expect(() => buildStageModel(source, 'us-east-1')).toThrow(TemplateError);
  });

  it('names a property it needs and can not work out', () => {
    const Stage = { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { 'Fn::ImportValue': 'x' } } };
    expect(() => buildStageModel(template({ Stage }), 'us-east-1')).toThrow(
      /Stage\.RestApiId.*Fn::ImportValue x/,
    );
  });
});
