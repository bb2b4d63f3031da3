import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import type { ResourceDifference } from '@aws-cdk/cloudformation-diff';
import { dangerOf } from './stateful-resources.ts';

/** A CloudFormation template; what else is in it is for the library to know. */
export type Template = Readonly<Record<string, unknown>>;

/** What becomes of a resource. `keep`: it leaves the stack and stays in the account. */
export type Impact = 'create' | 'update' | 'may-replace' | 'replace' | 'delete' | 'keep';

/** A property or attribute of a resource, before and after. */
export interface PropertyChange {
  readonly name: string;
  readonly from: unknown;
  readonly to: unknown;
}

export interface ResourceChange {
  readonly logicalId: string;
  readonly type: string;
  readonly impact: Impact;
  readonly properties: readonly PropertyChange[];
  /** What would be lost, where anything would. */
  readonly danger: string | undefined;
}

/** Who may do what, of any policy. */
export interface StatementChange {
  readonly sign: '+' | '-';
  readonly effect: string;
  readonly action: string;
  readonly resource: string;
  readonly principal: string;
}

/** What of a stage's template differs. */
export interface TemplateChanges {
  readonly resources: readonly ResourceChange[];
  readonly permissions: readonly StatementChange[];
  readonly outputs: readonly string[];
}

const IMPACTS: Record<ResourceImpact, Impact> = {
  [ResourceImpact.WILL_CREATE]: 'create',
  [ResourceImpact.WILL_IMPORT]: 'create',
  [ResourceImpact.WILL_UPDATE]: 'update',
  [ResourceImpact.NO_CHANGE]: 'update',
  [ResourceImpact.MAY_REPLACE]: 'may-replace',
  [ResourceImpact.WILL_REPLACE]: 'replace',
  [ResourceImpact.WILL_DESTROY]: 'delete',
  [ResourceImpact.WILL_ORPHAN]: 'keep',
};

/** What a deployment would change; a template that is not there yet, or no more, is an empty one. */
export function diffTemplates(base: Template, head: Template): TemplateChanges {
  const diff = fullDiff({ ...base }, { ...head });
  const resources: ResourceChange[] = [];
  diff.resources.forEachDifference((logicalId, difference) => {
    resources.push(describeResource(logicalId, difference));
  });
  const { additions, removals } = diff.iamChanges.statements;
  const policies = diff.iamChanges.managedPolicies;
  return {
    resources,
    permissions: [
      ...removals.map((statement) => ({ sign: '-' as const, ...statement.render() })),
      ...additions.map((statement) => ({ sign: '+' as const, ...statement.render() })),
      ...policies.removals.map((policy) => managedPolicy('-', policy)),
      ...policies.additions.map((policy) => managedPolicy('+', policy)),
    ],
    outputs: diff.outputs.logicalIds,
  };
}

function managedPolicy(
  sign: '+' | '-',
  policy: { readonly managedPolicyArn: string; readonly identityArn: string },
): StatementChange {
  return {
    sign,
    effect: 'Allow',
    action: policy.managedPolicyArn,
    resource: '',
    principal: policy.identityArn,
  };
}

function describeResource(logicalId: string, difference: ResourceDifference): ResourceChange {
  const type = difference.newResourceType ?? difference.oldResourceType ?? 'unknown';
  const impact = IMPACTS[difference.changeImpact];
  const changes = difference.isUpdate ? { ...difference.propertyUpdates, ...difference.otherChanges } : {};
  const properties = Object.entries(changes).map(([name, { oldValue, newValue }]) => ({
    name,
    from: oldValue as unknown,
    to: newValue as unknown,
  }));
  return { logicalId, type, impact, properties, danger: dangerOf(type, impact, properties) };
}
