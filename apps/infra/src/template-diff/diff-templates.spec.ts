import { diffTemplates } from './diff-templates.ts';
import type { Template } from './diff-templates.ts';

const table = {
  Type: 'AWS::DynamoDB::Table',
  DeletionPolicy: 'Retain',
  UpdateReplacePolicy: 'Retain',
  Properties: {
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    DeletionProtectionEnabled: true,
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
  },
};
const role = (action: string) => ({
  Type: 'AWS::IAM::Policy',
  Properties: {
    PolicyName: 'p',
    Roles: ['role'],
    PolicyDocument: { Statement: [{ Effect: 'Allow', Action: action, Resource: 'arn:table' }] },
  },
});
const template = (resources: Record<string, unknown>): Template => ({ Resources: resources });
const base = template({ Table: table });

/** Changes of the one resource. */
function changeOf(before: Template, after: Template) {
  const { resources } = diffTemplates(before, after);
  expect(resources).toHaveLength(1);
  return resources[0]!;
}

/** The table with some of its lines changed. */
function tableWith({ Properties, ...attributes }: Record<string, unknown>): Template {
  return template({
    Table: { ...table, ...attributes, Properties: { ...table.Properties, ...(Properties ?? {}) } },
  });
}

describe('diffTemplates', () => {
  it('finds nothing in the same template', () => {
    expect(diffTemplates(base, structuredClone(base))).toEqual({
      resources: [],
      permissions: [],
      outputs: [],
      others: [],
    });
  });

  it.each([
    ['replaced', base, tableWith({ Properties: { TableName: 'other' } }), 'replace', /would be replaced/],
    ['left behind', base, template({}), 'keep', /would leave the stack/],
    [
      'deleted',
      tableWith({ DeletionPolicy: 'Delete' }),
      template({}),
      'delete',
      /would be deleted, and with it its entries/,
    ],
    ['created', template({}), base, 'create', undefined],
    ['changed', base, tableWith({ Properties: { BillingMode: 'PROVISIONED' } }), 'update', undefined],
    [
      'left without its policy',
      base,
      tableWith({ DeletionPolicy: 'Delete' }),
      'update',
      /lose its guard DeletionPolicy/,
    ],
    [
      'left without its protection',
      base,
      tableWith({ Properties: { DeletionProtectionEnabled: false } }),
      'update',
      /lose its guard DeletionProtectionEnabled/,
    ],
    [
      'left without its backups',
      base,
      tableWith({
        Properties: { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false } },
      }),
      'update',
      /lose its guard PointInTimeRecoverySpecification/,
    ],
    [
      'given another key',
      base,
      tableWith({ Properties: { SSESpecification: { SSEEnabled: true } } }),
      'update',
      /change its key \(SSESpecification\)/,
    ],
    [
      'left without its policy and its protection',
      base,
      tableWith({ DeletionPolicy: 'Delete', Properties: { DeletionProtectionEnabled: false } }),
      'update',
      /guard DeletionProtectionEnabled.*; .*guard DeletionPolicy/,
    ],
    [
      'kept but by a failed creation',
      base,
      tableWith({ DeletionPolicy: 'RetainExceptOnCreate' }),
      'update',
      undefined,
    ],
    ['given its protection', tableWith({ DeletionPolicy: 'Delete' }), base, 'update', undefined],
    [
      'told to do without what it never had',
      template({ Table: { Type: table.Type, Properties: {} } }),
      template({ Table: { Type: table.Type, Properties: { DeletionProtectionEnabled: false } } }),
      'update',
      undefined,
    ],
  ])('says what is at stake where a table is %s', (_what, before, after, impact, danger) => {
    const change = changeOf(before, after);
    expect(change).toMatchObject({ logicalId: 'Table', type: 'AWS::DynamoDB::Table', impact });
    if (danger === undefined) expect(change.danger).toBeUndefined();
    else expect(change.danger).toMatch(danger);
  });

  it('warns of nothing where a resource that holds nothing goes', () => {
    const alarm = { Type: 'AWS::CloudWatch::Alarm', Properties: {} };
    expect(changeOf(template({ Alarm: alarm }), template({})).danger).toBeUndefined();
  });

  it('shows a property before and after', () => {
    expect(changeOf(base, tableWith({ Properties: { BillingMode: 'PROVISIONED' } })).properties).toEqual([
      { name: 'BillingMode', from: undefined, to: 'PROVISIONED' },
    ]);
  });

  it('shows who may do what now, and what no longer', () => {
    const permissions = diffTemplates(
      template({ P: role('a:Get') }),
      template({ P: role('a:Put') }),
    ).permissions;
    expect(permissions).toEqual([
      expect.objectContaining({ sign: '-', effect: 'Allow', action: 'a:Get', resource: 'arn:table' }),
      expect.objectContaining({ sign: '+', effect: 'Allow', action: 'a:Put', resource: 'arn:table' }),
    ]);
  });

  it('names outputs that change', () => {
    const changed = { ...base, Outputs: { ApiUrl: { Value: 'u' } } };
    expect(diffTemplates(base, changed).outputs).toEqual(['ApiUrl']);
  });

  it.each([
    ['Parameters', { Version: { Type: 'String' } }, 'Parameters.Version', { Type: 'String' }],
    ['Mappings', { Sizes: { a: { b: 'c' } } }, 'Mappings.Sizes', { a: { b: 'c' } }],
    ['Conditions', { IsProd: true }, 'Conditions.IsProd', true],
    ['Metadata', { Version: 1 }, 'Metadata.Version', 1],
    ['Rules', { Check: { Assertions: [] } }, 'Rules', { Check: { Assertions: [] } }],
    ['Transform', 'AWS::LanguageExtensions', 'Transform', 'AWS::LanguageExtensions'],
    ['Description', 'a stage', 'Description', 'a stage'],
  ])('shows a change of %s', (section, value, name, to) => {
    expect(diffTemplates(base, { ...base, [section]: value }).others).toEqual([
      { name, from: undefined, to },
    ]);
  });
});
