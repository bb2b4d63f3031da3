import type { SynthesizedTemplate } from '../read-template.ts';
import { ResolvedStack } from '../resolved-stack.ts';
import { templateSchema } from '../template-schema.ts';

/** A template made of what a spec says, as if read from `<name>.template.json`. */
export function synthesized(
  name: string,
  template: Readonly<Record<string, unknown>>,
  more: Partial<SynthesizedTemplate> = {},
): SynthesizedTemplate {
  return {
    templateFile: `/cdk.out/${name}.template.json`,
    stackName: name,
    template: templateSchema.parse({ Resources: {}, ...template }),
    assetPaths: new Map(),
    ...more,
  };
}

/** A stack of such a template, in eu-west-1. */
export function stackOf(
  resources: Readonly<Record<string, unknown>>,
  more: Partial<SynthesizedTemplate> = {},
): ResolvedStack {
  return new ResolvedStack(synthesized('Some', { Resources: resources }, more), 'eu-west-1', '000000000000');
}
