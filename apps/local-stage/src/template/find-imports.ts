import { IntrinsicError } from './intrinsics/intrinsic-error.ts';
import { own } from './own-property.ts';
import type { ResolvedStack } from './resolved-stack.ts';
import type { FoundOutput, StackFolder } from './stack-folder.ts';
import { asText } from './intrinsics/value-functions.ts';

/** The outputs of other stacks that the resources of this one use; those nobody has are named where they are used. */
export function findImports(stack: ResolvedStack, folder: StackFolder): readonly FoundOutput[] {
  const found: FoundOutput[] = [];
  const waiting: unknown[] = stack.resources.map(({ declaration }) => declaration.Properties);
  for (let value = waiting.pop(); value !== undefined || waiting.length > 0; value = waiting.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      const output = outputOf(key, inner, stack, folder);
      if (output) found.push(output);
      waiting.push(inner);
    }
  }
  return found;
}

function outputOf(
  key: string,
  argument: unknown,
  stack: ResolvedStack,
  folder: StackFolder,
): FoundOutput | undefined {
  if (key !== 'Fn::ImportValue' && key !== 'Fn::GetStackOutput') return undefined;
  try {
    const resolved = stack.resolver.resolve(argument);
    if (key === 'Fn::ImportValue') return folder.exported(asText(key, resolved));
    return folder.output(asText(key, own(resolved, 'StackName')), asText(key, own(resolved, 'OutputName')));
  } catch (error) {
    if (!(error instanceof IntrinsicError)) throw error;
    return undefined;
  }
}
