import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import type { Difference, ResourceDifference, TemplateDiff } from '@aws-cdk/cloudformation-diff';
import { dangerOf } from './stateful-resources.ts';

/** A CloudFormation template; what else is in it is for the library to know. */
export type Template = Readonly<Record<string, unknown>>;

/** What becomes of a resource. `keep`: it leaves the stack and stays in the account. */
export type Impact = 'create' | 'update' | 'may-replace' | 'replace' | 'delete' | 'keep';

/** A property or attribute of a resource, or another part of a template, before and after. */
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
  /** Everything else a template has, such as `Parameters.Name` or `Rules.Name`. */
  readonly others: readonly PropertyChange[];
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
    others: describeOthers(diff),
  };
}

/** What the library compares beside resources and outputs; what it has no name for, it gives whole. */
function describeOthers(diff: TemplateDiff): PropertyChange[] {
  const { parameters, mappings, conditions, metadata, unknown } = diff;
  const sections = { Parameters: parameters, Mappings: mappings, Conditions: conditions, Metadata: metadata };
  const attributes = {
    AWSTemplateFormatVersion: diff.awsTemplateFormatVersion,
    Description: diff.description,
    Transform: diff.transform,
  };
  return [
    ...Object.entries(sections).flatMap(([section, { changes }]) =>
      Object.entries(changes).map(([name, change]) => describeChange(`${section}.${name}`, change)),
    ),
    ...Object.entries({ ...attributes, ...unknown.changes }).flatMap(([name, change]) =>
      change?.isDifferent ? [describeChange(name, change)] : [],
    ),
  ];
}

function describeChange(name: string, { oldValue, newValue }: Difference<unknown>): PropertyChange {
  return { name, from: oldValue, to: newValue };
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
  const properties = Object.entries(changes).map(([name, change]) => describeChange(name, change));
  return { logicalId, type, impact, properties, danger: dangerOf(type, impact, properties) };
}
