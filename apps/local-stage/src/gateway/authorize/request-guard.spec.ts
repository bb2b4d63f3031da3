import { sign } from 'aws4';
import { readResourcePolicy, resourcePolicySchema } from '../../template/resource-policy-model.ts';
import { receivedRequest } from './__fixtures__/received-request.ts';
import type { AuthorizationInput, AuthorizationOutcome } from './authorize-request.ts';
import { RequestGuard } from './request-guard.ts';
import { defaultSigningKeys, signingKeyOf } from './signing-key.ts';

const API = 'arn:aws:execute-api:us-east-1:000000000000:api';
const PLACE = { region: 'us-east-1', accountId: '000000000000', apiId: 'api' };
const FOREIGN = { accessKeyId: 'AKIAFOREIGN', secretAccessKey: 'foreign' };
const guard = new RequestGuard(
  new Map([
    ...defaultSigningKeys('000000000000'),
    [
      FOREIGN.accessKeyId,
      signingKeyOf({ ...FOREIGN, name: 'other', sessionToken: null, accountId: '123456789012' }),
    ],
  ]),
  'us-east-1',
);

interface Asked {
  readonly policy?: unknown;
  readonly signer?: 'nobody' | 'own' | 'foreign';
  readonly address?: string;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
}

function inputOf({ policy, signer = 'nobody', address = '127.0.0.1', ...asked }: Asked): AuthorizationInput {
  const { method = 'GET', path = '/pets', headers = {} } = asked;
  const request = { method, host: 'localhost', path: `/prod${path}`, headers };
  const credentials = signer === 'own' ? { accessKeyId: 'local', secretAccessKey: 'local' } : FOREIGN;
  const sent =
    signer === 'nobody'
      ? request
      : sign({ ...request, service: 'execute-api', region: 'us-east-1' }, credentials);
  return {
    request: receivedRequest({ ...request, headers: sent.headers, address }),
    body: null,
    receivedAtMs: Date.now(),
    authorizationType: signer === 'nobody' ? 'NONE' : 'AWS_IAM',
    resourcePolicy:
      policy === undefined ? null : readResourcePolicy(resourcePolicySchema.parse(policy), PLACE, new Set()),
    methodArn: `${API}/prod/${method}${path}`,
  };
}

async function ask(asked: Asked): Promise<AuthorizationOutcome> {
  return guard.authorize(inputOf(asked));
}

const statement = (effect: string, extra: object = {}): object => ({
  Effect: effect,
  Principal: '*',
  Action: 'execute-api:Invoke',
  Resource: 'execute-api:/*',
  ...extra,
});
const policy = (...statements: readonly object[]): object => ({
  Version: '2012-10-17',
  Statement: statements,
});
const when = (operator: string, key: string, ...values: string[]): object => ({
  Condition: { [operator]: { [key]: values } },
});
const ALLOW = statement('Allow');
const MINE = when('IpAddress', 'aws:SourceIp', '10.0.0.0/8', '127.0.0.1');
const NOT_MINE = when('NotIpAddress', 'aws:SourceIp', '10.0.0.0/8');

describe('RequestGuard', () => {
  it('answers at once where nothing is asked for', () => {
    expect(guard.authorize(inputOf({}))).toEqual({ kind: 'allowed', caller: null });
  });

  // AWS's outcome tables: unsigned; signed by the API's account (A); signed by another (B).
  it.each<[verdict: string, statements: readonly object[], unsigned: string, own: string, foreign: string]>([
    ['allows', [ALLOW], 'allowed', 'allowed', 'allowed'],
    ['says nothing', [], 'refused', 'allowed', 'refused'],
    ['denies', [statement('Deny')], 'refused', 'refused', 'refused'],
    ['allows and denies', [ALLOW, statement('Deny')], 'refused', 'refused', 'refused'],
  ])(
    'where the policy %s: unsigned, own account, another account',
    async (_verdict, statements, ...expected) => {
      const kinds = [];
      for (const signer of ['nobody', 'own', 'foreign'] as const) {
        kinds.push((await ask({ policy: policy(...statements), signer })).kind);
      }
      expect(kinds).toEqual(expected);
    },
  );

  it('has a caller of another account refused where the API has no policy', async () => {
    expect((await ask({ signer: 'own' })).kind).toBe('allowed');
    expect(await ask({ signer: 'foreign' })).toMatchObject({
      reason: 'access-denied',
      message: `User: arn:aws:iam::********9012:user/other is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:********0000:api/prod/GET/pets`,
    });
  });

  it('tells an explicit denial from an implicit one', async () => {
    const refused =
      'User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:********0000:api/prod/GET/pets';
    expect(await ask({ policy: policy() })).toHaveProperty('message', refused);
    expect(await ask({ policy: policy(statement('Deny')) })).toHaveProperty(
      'message',
      `${refused} with an explicit deny`,
    );
  });

  it('does not ask the policy about a request whose signature is wrong', async () => {
    const input = inputOf({ policy: policy(ALLOW), signer: 'own' });
    expect(await guard.authorize({ ...input, body: Buffer.from('x') })).toMatchObject({
      reason: 'invalid-signature',
    });
  });

  it.each<[why: string, statements: object[], asked: Asked, kind: string]>([
    ['a resource in full', [statement('Allow', { Resource: `${API}/prod/GET/*` })], {}, 'allowed'],
    [
      'a resource of another method',
      [statement('Allow', { Resource: 'execute-api:/prod/POST/*' })],
      {},
      'refused',
    ],
    ['a resource of another API', [statement('Allow', { Resource: `${API}2/*` })], {}, 'refused'],
    [
      'a resource abbreviated without its slash',
      [statement('Allow', { Resource: 'execute-api:*' })],
      {},
      'allowed',
    ],
    [
      'one of several resources',
      [statement('Allow', { Resource: ['execute-api:/x/*', 'execute-api:/*/GET/pets'] })],
      {},
      'allowed',
    ],
    [
      'NotResource',
      [ALLOW, statement('Deny', { Resource: undefined, NotResource: 'execute-api:/*/GET/*' })],
      { method: 'POST' },
      'refused',
    ],
    ['another action', [statement('Allow', { Action: 'execute-api:ManageConnections' })], {}, 'refused'],
    ['an action with a wildcard', [statement('Allow', { Action: 'execute-api:*' })], {}, 'allowed'],
    ['NotAction', [statement('Allow', { Action: undefined, NotAction: 's3:*' })], {}, 'allowed'],
    [
      'an account as principal, signed',
      [statement('Allow', { Principal: { AWS: '123456789012' } })],
      { signer: 'foreign' },
      'allowed',
    ],
    [
      "an account's root as principal",
      [statement('Allow', { Principal: { AWS: ['arn:aws:iam::123456789012:root'] } })],
      { signer: 'foreign' },
      'allowed',
    ],
    [
      "a user's ARN as principal",
      [statement('Allow', { Principal: { AWS: 'arn:aws:iam::123456789012:user/other' } })],
      { signer: 'foreign' },
      'allowed',
    ],
    [
      "another user's ARN",
      [statement('Allow', { Principal: { AWS: 'arn:aws:iam::123456789012:user/*' } })],
      { signer: 'foreign' },
      'refused',
    ],
    [
      'an account as principal, unsigned',
      [statement('Allow', { Principal: { AWS: '000000000000' } })],
      {},
      'refused',
    ],
    [
      'everybody as AWS principal, unsigned',
      [statement('Allow', { Principal: { AWS: '*' } })],
      {},
      'allowed',
    ],
    [
      'a service as principal',
      [statement('Allow', { Principal: { Service: 'events.amazonaws.com' } })],
      {},
      'refused',
    ],
    [
      'NotPrincipal',
      [ALLOW, statement('Deny', { Principal: undefined, NotPrincipal: { AWS: '123456789012' } })],
      {},
      'refused',
    ],
    ['an address in the range', [statement('Allow', MINE)], { address: '10.255.0.1' }, 'allowed'],
    ['an address as such', [statement('Allow', MINE)], { address: '::ffff:127.0.0.1' }, 'allowed'],
    ['an address out of the range', [statement('Allow', MINE)], { address: '11.0.0.1' }, 'refused'],
    [
      'NotIpAddress, out of the range',
      [ALLOW, statement('Deny', NOT_MINE)],
      { address: '11.0.0.1' },
      'refused',
    ],
    ['NotIpAddress, in the range', [ALLOW, statement('Deny', NOT_MINE)], { address: '10.0.0.1' }, 'allowed'],
    [
      'an IPv6 range',
      [statement('Allow', when('IpAddress', 'aws:SourceIp', '2001:db8::/32'))],
      { address: '2001:db8::5' },
      'allowed',
    ],
    [
      'a range that is none',
      [statement('Allow', when('IpAddress', 'aws:SourceIp', '0.0.0.0/33'))],
      {},
      'refused',
    ],
    [
      'SecureTransport, as on AWS',
      [ALLOW, statement('Deny', when('Bool', 'aws:SecureTransport', 'false'))],
      {},
      'allowed',
    ],
    [
      'StringLike on the caller',
      [statement('Allow', when('StringLike', 'aws:PrincipalArn', '*:user/o*'))],
      { signer: 'foreign' },
      'allowed',
    ],
    [
      'the key in another case',
      [statement('Allow', when('StringEquals', 'AWS:principalaccount', '123456789012'))],
      { signer: 'foreign' },
      'allowed',
    ],
    [
      'an absent key, positive',
      [statement('Allow', when('StringEquals', 'aws:SourceVpce', 'vpce-1'))],
      {},
      'refused',
    ],
    [
      'an absent key, negative',
      [ALLOW, statement('Deny', when('StringNotEquals', 'aws:SourceVpce', 'vpce-1'))],
      {},
      'refused',
    ],
    [
      'an absent key, IfExists',
      [statement('Allow', when('StringEqualsIfExists', 'aws:SourceVpc', 'vpc-1'))],
      {},
      'allowed',
    ],
    [
      'an absent key, ForAllValues',
      [statement('Allow', when('ForAllValues:StringEquals', 'aws:TagKeys', 'a'))],
      {},
      'allowed',
    ],
    [
      'an absent key, ForAnyValue',
      [statement('Allow', when('ForAnyValue:StringEquals', 'aws:TagKeys', 'a'))],
      {},
      'refused',
    ],
    ['Null on an absent key', [statement('Allow', when('Null', 'aws:SourceVpc', 'true'))], {}, 'allowed'],
    [
      'a date',
      [statement('Allow', when('DateLessThan', 'aws:CurrentTime', '2001-01-01T00:00:00Z'))],
      {},
      'refused',
    ],
    ['a number', [statement('Allow', when('NumericGreaterThan', 'aws:EpochTime', '1'))], {}, 'allowed'],
    [
      'two conditions, one unmet',
      [
        statement('Allow', {
          Condition: { IpAddress: { 'aws:SourceIp': '127.0.0.1' }, StringEquals: { 'aws:UserAgent': 'x' } },
        }),
      ],
      {},
      'refused',
    ],
    [
      'an unknown operator in an Allow',
      [statement('Allow', when('BinaryEquals', 'aws:SourceIp', 'a'))],
      {},
      'refused',
    ],
    [
      'an unknown operator in a Deny',
      [ALLOW, statement('Deny', when('BinaryEquals', 'aws:SourceIp', 'a'))],
      {},
      'refused',
    ],
    [
      'a policy variable in an Allow',
      [statement('Allow', when('StringLike', 'aws:UserAgent', '${aws:username}'))],
      {},
      'refused',
    ],
  ])('understands %s', async (_why, statements, asked, kind) => {
    expect((await ask({ policy: policy(...statements), ...asked })).kind).toBe(kind);
  });
});
