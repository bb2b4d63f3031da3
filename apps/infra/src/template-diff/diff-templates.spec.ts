import { diffTemplates } from './diff-templates.ts';
import type { Template } from './diff-templates.ts';

const table = {
  Type: 'AWS::DynamoDB::Table',
  DeletionPolicy: 'Retain',
  UpdateReplacePolicy: 'Retain',
  Properties: { KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], DeletionProtectionEnabled: true },
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
    ['given its protection', tableWith({ DeletionPolicy: 'Delete' }), base, 'update', undefined],
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
});
