import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import * as z from 'zod';

/** Something a role may do. */
export interface Grant {
  /** What for, as IAM takes it: letters and digits. */
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  /** Why a resource holds a `*`; a grant without one names its resources in full. */
  readonly wildcard?: string;
}

const joinSchema = z.object({
  'Fn::Join': z.tuple([z.literal(''), z.array(z.union([z.string(), z.object({ Ref: z.string() })]))]),
});

/** A grant as a statement of a policy. */
export function statementOf({ sid, actions, resources, conditions }: Grant): PolicyStatement {
  return new PolicyStatement({ sid, actions: [...actions], resources: [...resources], conditions });
}

/** The findings of cdk-nag that a grant's reason answers, by rule. */
export function acknowledgements(scope: Construct, { resources, wildcard }: Grant): Record<string, string> {
  if (wildcard === undefined) return {};
  const named = resources
    .map((resource) => printed(scope, resource))
    .filter((resource) => resource.includes('*'));
  return Object.fromEntries(named.map((resource) => [`AwsSolutions-IAM5[Resource::${resource}]`, wildcard]));
}

/** A resource as cdk-nag prints it: what is known at deployment only in angle brackets. */
function printed(scope: Construct, resource: string): string {
  const join = joinSchema.safeParse(Stack.of(scope).resolve(resource));
  if (!join.success) return resource;
  const [, parts] = join.data['Fn::Join'];
  return parts.map((part) => (typeof part === 'string' ? part : `<${part.Ref}>`)).join('');
}

/** Why the names of a stack's parts end in `*`. */
export const NAMED_BY_CLOUDFORMATION =
  'CloudFormation ends the name of what it makes by itself, at deployment; stack and logical id are said in full.';
