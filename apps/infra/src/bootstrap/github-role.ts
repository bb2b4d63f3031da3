import { Stack, Validations } from 'aws-cdk-lib';
import type { Duration } from 'aws-cdk-lib';
import { PolicyDocument, Role, WebIdentityPrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { subjectOf } from './github-config.ts';
import type { GithubTrust } from './github-config.ts';
import { acknowledgements, statementOf } from './grant.ts';
import type { Grant } from './grant.ts';
import { AUDIENCE, GITHUB_ISSUER } from './provider-stack.ts';

export interface GithubRoleProps {
  readonly trust: GithubTrust;
  /** Environment of the repository whose jobs may take the role; nobody else may. */
  readonly environment: string;
  /** As a sentence without its subject. */
  readonly purpose: string;
  readonly grants: readonly Grant[];
  /** Longest time it is held. */
  readonly maxSession: Duration;
}

/** A role that the jobs of one GitHub environment take by a signed token, and that has no key. */
export class GithubRole extends Construct {
  readonly role: Role;

  constructor(scope: Construct, id: string, props: GithubRoleProps) {
    super(scope, id);
    const { trust, environment, grants } = props;
    const provider = Stack.of(this).formatArn({
      service: 'iam',
      region: '',
      resource: 'oidc-provider',
      resourceName: GITHUB_ISSUER,
    });
    this.role = new Role(this, 'Role', {
      description: `${props.purpose}, by jobs of ${trust.repository} in environment ${environment}`,
      maxSessionDuration: props.maxSession,
      assumedBy: new WebIdentityPrincipal(provider, {
        StringEquals: {
          [`${GITHUB_ISSUER}:aud`]: AUDIENCE,
          [`${GITHUB_ISSUER}:sub`]: subjectOf(trust, environment),
        },
      }),
      inlinePolicies: { Purpose: new PolicyDocument({ statements: grants.map(statementOf) }) },
    });
    const reasons = Object.assign({}, ...grants.map((grant) => acknowledgements(this, grant))) as Record<
      string,
      string
    >;
    for (const [id, reason] of Object.entries(reasons)) Validations.of(this.role).acknowledge({ id, reason });
  }
}
