import { Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import { OidcProviderNative } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** Where GitHub signs its tokens. */
export const GITHUB_ISSUER = 'token.actions.githubusercontent.com';
/** Whom a token is for, as GitHub's action for AWS asks. */
export const AUDIENCE = 'sts.amazonaws.com';

/** GitHub as somebody whose tokens AWS reads. One an account, whatever the Region: it is in a stack of its own. */
export class GithubProviderStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    new OidcProviderNative(this, 'Provider', { url: `https://${GITHUB_ISSUER}`, clientIds: [AUDIENCE] });
  }
}
