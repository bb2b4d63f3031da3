import { findCycle, referencesOf } from '../__fixtures__/reference-graph.ts';
import { onlyId, only, propertiesOf, synthesizedStack } from '../__fixtures__/synthesized-stack.ts';

const TABLE = 'AWS::DynamoDB::Table';
const functionStatements = (template: ReturnType<typeof synthesizedStack>) =>
  propertiesOf(template, 'AWS::IAM::Policy')
    .filter(({ Roles }) => JSON.stringify(Roles).includes('Ingest'))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement);

describe('EntriesTable', () => {
  const template = synthesizedStack();

  it('keeps entries by id, on demand, with point-in-time recovery', () => {
    template.hasResourceProperties(TABLE, {
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
  });

  it.each([
    ['a plain stage', {}],
    ['an HTTP API behind an interface endpoint', { api: 'http', tableEndpoint: 'interface' }],
    ['a key of its own and protection', { encryption: 'customer-managed', deletionProtection: true }],
  ] as const)('never changes its id, whose change would replace the data: %s', (_what, stage) => {
    expect(onlyId(synthesizedStack({ stage }), TABLE)).toBe('EntriesTable101FA78B');
  });

  it.each([
    ['retain', false, 'RetainExceptOnCreate', 'Retain'],
    // What is protected can't be deleted by a rollback either.
    ['retain', true, 'Retain', 'Retain'],
    ['destroy', false, 'Delete', 'Delete'],
  ] as const)(
    'is dealt with by %s as the stage says, protected %s',
    (tableRemoval, deletionProtection, DeletionPolicy, UpdateReplacePolicy) => {
      const removed = synthesizedStack({ stage: { tableRemoval, deletionProtection } });
      removed.hasResource(TABLE, { DeletionPolicy, UpdateReplacePolicy });
    },
  );

  it.each([true, false])('refuses to be deleted: %s', (deletionProtection) => {
    const table = synthesizedStack({ stage: { deletionProtection } });
    table.hasResourceProperties(TABLE, { DeletionProtectionEnabled: deletionProtection });
  });

  it('is warmed where the limits need more than a new table takes, and not before', () => {
    const warmed = (rateLimit: number) =>
      only(synthesizedStack({ limits: { rateLimit }, stage: { batchShare: 0.25 } }), TABLE).Properties
        .WarmThroughput;
    expect(warmed(3200)).toBeUndefined();
    expect(warmed(3201)).toEqual({ WriteUnitsPerSecond: 4002 });
  });

  it('asks for no key where AWS-owned ones will do', () => {
    expect(only(template, TABLE).Properties.SSESpecification).toBeUndefined();
    template.resourceCountIs('AWS::KMS::Key', 0);
  });
});

describe('DataKey', () => {
  const template = synthesizedStack({ stage: { encryption: 'customer-managed' } });
  const key = onlyId(template, 'AWS::KMS::Key');
  const arn = { 'Fn::GetAtt': [key, 'Arn'] };

  it('encrypts table and logs, is replaced every year and outlives the stack', () => {
    template.hasResourceProperties(TABLE, {
      SSESpecification: { KMSMasterKeyId: arn, SSEEnabled: true, SSEType: 'KMS' },
    });
    for (const group of propertiesOf(template, 'AWS::Logs::LogGroup')) expect(group.KmsKeyId).toEqual(arn);
    template.hasResource('AWS::KMS::Key', {
      Properties: { EnableKeyRotation: true },
      // Gone with a first deployment that failed: it has encrypted nothing, and costs by the month.
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
  });

  it('may be used by the function through DynamoDB alone', () => {
    expect(functionStatements(template)).toContainEqual({
      Action: [
        'kms:Decrypt',
        'kms:DescribeKey',
        'kms:Encrypt',
        'kms:GenerateDataKey',
        'kms:GenerateDataKeyWithoutPlaintext',
        'kms:ReEncryptFrom',
        'kms:ReEncryptTo',
      ],
      Condition: {
        StringEquals: {
          'kms:ViaService': {
            'Fn::Join': ['', ['dynamodb.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }]],
          },
        },
      },
      Effect: 'Allow',
      Resource: arn,
    });
  });

  it('is taken by the table once the function may use it, and not before', () => {
    const policies = Object.entries(template.findResources('AWS::IAM::Policy')).filter(
      ([, { Properties }]) =>
        JSON.stringify(Properties.Roles).includes('Ingest') &&
        JSON.stringify(Properties).includes('kms:Decrypt'),
    );
    expect(policies).toHaveLength(1);
    const [[policy]] = policies as [[string, unknown]];
    expect(only(template, TABLE).DependsOn).toEqual([policy]);
    const table = onlyId(template, TABLE);
    expect(referencesOf(template).get(policy)).not.toContain(table);
    expect(findCycle(referencesOf(template))).toEqual([]);
  });

  it("may be used by CloudWatch Logs for this stack's groups alone", () => {
    const statements = only(template, 'AWS::KMS::Key').Properties.KeyPolicy.Statement;
    const byLogs = statements.filter((statement: object) => JSON.stringify(statement).includes('logs.'));
    expect(byLogs).toHaveLength(1);
    expect(JSON.stringify(byLogs[0].Condition.ArnLike)).toMatch(/:log-group:Stack-\*/);
  });
});
