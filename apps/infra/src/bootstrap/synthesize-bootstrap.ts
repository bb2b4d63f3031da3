import { App, BootstraplessSynthesizer } from 'aws-cdk-lib';
import { DISABLE_CREATION_STACK_TRACES } from 'aws-cdk-lib/cx-api';
import type { Stage } from '../stages.ts';
import { stripTraces } from '../strip-traces.ts';
import type { GithubTrust } from './github-config.ts';
import { GithubProviderStack } from './provider-stack.ts';
import { GithubRolesStack } from './roles-stack.ts';

export interface BootstrapProps {
  /** Name of the stage. */
  readonly name: string;
  readonly stage: Stage;
  readonly trust: GithubTrust;
  /** Folder for the cloud assembly. */
  readonly outdir: string;
}

/** Stack of the identity provider: the same for all stages of an account. */
const PROVIDER_STACK = 'Spillway-github';

/**
 * What GitHub's workflows need of a stage's account, into `outdir`: the identity provider where it is ours to make, and the
 * roles of one stage. Needs no credentials and no network.
 * @returns names of the stacks, in the order to deploy them
 */
export function synthesizeBootstrap({ name, stage, trust, outdir }: BootstrapProps): string[] {
  const app = new App({
    outdir,
    context: { '@aws-cdk/aws-iam:minimizePolicies': true, [DISABLE_CREATION_STACK_TRACES]: true },
    analyticsReporting: false,
    treeMetadata: false,
  });
  const { account, region } = stage;
  const props = () => ({
    ...(account && region ? { env: { account, region } } : {}),
    // Whoever bootstraps an account has the right to: these stacks must not need the CDK's own roles.
    synthesizer: new BootstraplessSynthesizer(),
    tags: { service: 'spillway' },
  });
  const rolesStack = `Spillway-github-${name}`;
  const roles = new GithubRolesStack(app, rolesStack, { name, stage, trust, ...props() });
  if (trust.provider === 'create')
    roles.addStackDependency(new GithubProviderStack(app, PROVIDER_STACK, props()));
  app.synth();
  stripTraces(outdir);
  return trust.provider === 'create' ? [PROVIDER_STACK, rolesStack] : [rolesStack];
}
