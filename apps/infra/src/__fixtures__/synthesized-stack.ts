import type { Limits } from '@spillway/throttle';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { IngestStack } from '../ingest-stack.ts';
import type { IngestStackProps } from '../ingest-stack.ts';
import type { StageInput } from '../stage-schema.ts';
import { bundleDir, stageConfiguration } from './configuration.ts';

/** Where a test may differ from the plain stage. */
export interface StackChange {
  readonly stage?: Partial<StageInput>;
  readonly limits?: Partial<Limits>;
  readonly props?: Partial<IngestStackProps>;
}

/** The stack of one stage, in an app of its own with the context of `cdk.json`. */
export function ingestStack({ stage, limits, props }: StackChange = {}): IngestStack {
  const app = new App({ context: { '@aws-cdk/aws-iam:minimizePolicies': true }, analyticsReporting: false });
  const configuration = stageConfiguration(limits, 'dev', stage);
  return new IngestStack(app, 'Stack', { ...configuration, bundleDir, ...props });
}

/** Its template. */
export function synthesizedStack(change: StackChange = {}): Template {
  return Template.fromStack(ingestStack(change));
}

/** Logical id of the only resource of a type. */
export function onlyId(template: Template, type: string): string {
  const ids = Object.keys(template.findResources(type));
  if (ids.length !== 1) throw new Error(`${type}: found ${ids.length}, want 1`);
  return ids[0] ?? '';
}

/** The only resource of a type. */
export function only(template: Template, type: string) {
  return template.findResources(type)[onlyId(template, type)] ?? {};
}

/** Properties of every resource of a type, in the template's order. */
export function propertiesOf(template: Template, type: string) {
  return Object.values(template.findResources(type)).map(({ Properties }) => Properties);
}
