import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { plainStage } from '../__fixtures__/configuration.ts';
import { stageVariants } from '../__fixtures__/stage-variants.ts';
import { stageSchema } from '../stage-schema.ts';
import type { StageInput } from '../stage-schema.ts';
import { GithubProviderStack } from './provider-stack.ts';
import { GithubRolesStack } from './roles-stack.ts';

const app = () =>
  new App({ context: { '@aws-cdk/aws-iam:minimizePolicies': true }, analyticsReporting: false });

function rolesStack(stage: Partial<StageInput> = {}): GithubRolesStack {
  const parsed = stageSchema.parse({ ...plainStage, ...stage });
  const { account, region } = parsed;
  return new GithubRolesStack(app(), 'Roles', {
    name: 'dev',
    stage: parsed,
    trust: { repository: 'acme/spillway', provider: 'create' },
    ...(account && region ? { env: { account, region } } : {}),
  });
}

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** Statements of the role whose id begins so, by their sid. */
function statementsOf(stack: GithubRolesStack, role: string): Record<string, Statement> {
  const roles = Template.fromStack(stack).findResources('AWS::IAM::Role');
  const [, found] = Object.entries(roles).find(([id]) => id.startsWith(role)) ?? [];
  const statements: (Statement & { Sid: string })[] = found?.Properties.Policies[0].PolicyDocument.Statement;
  return Object.fromEntries(statements.map(({ Sid, ...statement }) => [Sid, statement]));
}

const actionsOf = (stack: GithubRolesStack, role: string) =>
  Object.values(statementsOf(stack, role)).flatMap(({ Action }) => Action);

describe('GithubRolesStack', () => {
  it('is what somebody has looked at', () => {
    expect(Template.fromStack(rolesStack()).toJSON()).toMatchSnapshot('REST API');
    const other = rolesStack(stageVariants['HTTP API in steps, with its own key']);
    expect(Template.fromStack(other).toJSON()).toMatchSnapshot('HTTP API in steps, with its own key');
  });

  it.each([
    ['Deploy', 'dev'],
    ['Loadtest', 'dev-loadtest'],
  ])('lets the jobs of one environment take role %s, and nobody else', (role, environment) => {
    const roles = Template.fromStack(rolesStack()).findResources('AWS::IAM::Role');
    const [, found] = Object.entries(roles).find(([id]) => id.startsWith(role)) ?? [];
    expect(found?.Properties.AssumeRolePolicyDocument.Statement).toEqual([
      expect.objectContaining({
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
            'token.actions.githubusercontent.com:sub': `repo:acme/spillway:environment:${environment}`,
          },
        },
      }),
    ]);
  });

  it('lets a deployment change nothing but by the roles of the CDK', () => {
    const changes = actionsOf(rolesStack(), 'Deploy').filter(
      (action) => !/:(Describe|Get|List)/.test(action),
    );
    expect(changes).toEqual(['sts:AssumeRole']);
    const { Resource } = statementsOf(rolesStack(), 'Deploy')['HandOverToCdk']!;
    expect(JSON.stringify(Resource)).toMatch(
      /cdk-hnb659fds-deploy-role-.*cdk-hnb659fds-file-publishing-role-/,
    );
    expect(JSON.stringify(Resource)).not.toContain('*');
  });

  it('lets a deployment read shifts of traffic only where there are any', () => {
    const read = (stage?: Partial<StageInput>) => Object.keys(statementsOf(rolesStack(stage), 'Deploy'));
    expect(read()).not.toContain('ReadShifts');
    expect(read({ rollout: 'canary-10-percent-5-minutes' })).toContain('ReadShifts');
  });

  it('lets a load test write and delete past the API its own entries only', () => {
    const { Condition } = statementsOf(rolesStack(), 'Loadtest')['RemoveOwnEntries']!;
    expect(Condition).toEqual({ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['loadtest.*'] } });
    const writes = actionsOf(rolesStack(), 'Loadtest').filter((action) =>
      /^dynamodb:.*(Write|Put|Update|Delete)/.test(action),
    );
    expect(writes).toEqual(['dynamodb:BatchWriteItem', 'dynamodb:DeleteItem']);
  });

  it('lets a load test touch the APIs of its own stage only', () => {
    const { Condition } = statementsOf(rolesStack(), 'Loadtest')['LiftAndRestoreGateway']!;
    expect(Condition).toEqual({
      StringEquals: { 'aws:ResourceTag/service': 'spillway', 'aws:ResourceTag/stage': 'dev' },
    });
  });

  it('lets a load test deploy nothing, pass no role on and take no other', () => {
    const actions = actionsOf(rolesStack(), 'Loadtest').join(' ');
    expect(actions).not.toMatch(
      /iam:|sts:|cloudformation:(?!Describe|GetTemplate\b)|lambda:UpdateFunctionCode|\*/,
    );
  });

  it.each(
    Object.entries({
      ...stageVariants,
      'in a known account': { account: '123456789012', region: 'eu-west-1' },
    }),
  )('has no finding of cdk-nag unexplained for a stage that is %s', (_what, stage) => {
    for (const stack of [rolesStack(stage), new GithubProviderStack(app(), 'Provider')]) {
      const findings = [new AwsSolutionsChecks(), new ServerlessChecks()].flatMap((pack) =>
        pack.validateScope(stack).violations.map(({ ruleName }) => ruleName),
      );
      expect(findings).toEqual([]);
    }
  });
});

describe('GithubProviderStack', () => {
  it('reads GitHub’s tokens for AWS, by no certificate that could expire', () => {
    const template = Template.fromStack(new GithubProviderStack(app(), 'Provider'));
    expect(Object.values(template.findResources('AWS::IAM::OIDCProvider'))[0]?.Properties).toEqual({
      ClientIdList: ['sts.amazonaws.com'],
      Url: 'https://token.actions.githubusercontent.com',
    });
  });
});
