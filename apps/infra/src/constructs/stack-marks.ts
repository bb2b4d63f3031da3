import { CfnOutput, Tags } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';

/** Tags of every resource that takes any, the stack's own among them. */
export function tagAll(stack: Stack, tags: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(tags)) Tags.of(stack).add(key, value);
}

/** What a stack says about itself; what it does not have is left out. */
export function addOutputs(stack: Stack, outputs: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(outputs)) {
    if (value !== undefined) new CfnOutput(stack, name, { value });
  }
}
