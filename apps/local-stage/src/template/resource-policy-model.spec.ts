import { readResourcePolicy, resourcePolicySchema } from './resource-policy-model.ts';

const PLACE = { region: 'us-east-1', accountId: '000000000000', apiId: 'api' };
const STATEMENT = {
  Effect: 'Allow',
  Principal: '*',
  Action: 'execute-api:Invoke',
  Resource: 'execute-api:/prod/*',
};

describe('readResourcePolicy', () => {
  it.each([
    ['an object', { Statement: [STATEMENT] }],
    ['a single statement', { Statement: STATEMENT }],
    ['JSON as text', JSON.stringify({ Statement: [STATEMENT] })],
  ])('reads %s and writes its resources out', (_form, written) => {
    const { statements } = readResourcePolicy(resourcePolicySchema.parse(written), PLACE, new Set());
    expect(statements.map(({ resources }) => resources)).toEqual([
      ['arn:aws:execute-api:us-east-1:000000000000:api/prod/*'],
    ]);
  });

  it.each([
    ['text that is no JSON', '{'],
    ['an effect that does not exist', { Statement: { ...STATEMENT, Effect: 'Permit' } }],
    ['no statement', { Version: '2012-10-17' }],
  ])('refuses %s', (_case, written) => {
    expect(resourcePolicySchema.safeParse(written).success).toBe(false);
  });

  it('names operators, keys and variables that are not played, each once', () => {
    const notPlayed = new Set<string>();
    const Condition = {
      StringNotEqualsIfExists: { 'aws:SourceVpce': 'vpce-1', 'aws:SourceIp': 'x' },
      BinaryEquals: { 'aws:SourceIp': 'x' },
      StringLike: { 'aws:UserAgent': '${aws:username}' },
    };
    const both = {
      Statement: [
        { ...STATEMENT, Condition },
        { ...STATEMENT, Effect: 'Deny', Condition },
      ],
    };
    readResourcePolicy(resourcePolicySchema.parse(both), PLACE, notPlayed);
    expect([...notPlayed]).toEqual([
      'policy condition key aws:SourceVpce (absent from every request)',
      'policy condition BinaryEquals on aws:SourceIp (never allows, never lifts a denial)',
      'policy condition StringLike on aws:UserAgent (never allows, never lifts a denial)',
    ]);
  });
});
