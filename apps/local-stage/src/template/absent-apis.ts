import { IntrinsicError } from './intrinsics/intrinsic-error.ts';
import { own } from './own-property.ts';
import type { ResolvedStack, StackResource } from './resolved-stack.ts';

const API_TYPES: readonly string[] = ['AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api'];

/** The properties by which parts of an API say whose they are. */
const OWNERS = ['RestApiId', 'ApiId'] as const;

/** Adds to the stack's list of what is not played the stages, methods and routes of APIs that other stacks have. */
export function nameAbsentApis(stack: ResolvedStack): void {
  const ids = new Set<unknown>(
    stack.resources.filter(({ type }) => API_TYPES.includes(type)).map(({ physicalId }) => physicalId),
  );
  for (const resource of stack.resources) {
    if (!/^AWS::ApiGateway(V2)?::/.test(resource.type)) continue;
    const owner = ownerOf(stack, resource);
    if (owner === undefined || ids.has(owner)) continue;
    stack.notPlayed.add(`${resource.type} of an API that is not in this template`);
  }
}

/** Undefined where there is none, or where only a deployment knows: that is named by whoever reads it. */
function ownerOf(stack: ResolvedStack, { declaration }: StackResource): unknown {
  const declared = OWNERS.map((name) => own(declaration.Properties, name)).find((id) => id !== undefined);
  try {
    return stack.resolver.resolve(declared);
  } catch (error) {
    if (!(error instanceof IntrinsicError)) throw error;
    return undefined;
  }
}
