import * as z from 'zod';
import type { ResolvedStack } from '../resolved-stack.ts';

const resourcePropertiesSchema = z.looseObject({
  RestApiId: z.string().optional(),
  ParentId: z.string(),
  PathPart: z.string(),
});

/**
 * Resource id → its full path, `/entries/{id}`. The root of each API is in it as `/`. Resources that hang on nothing,
 * or on each other, are named as not played.
 */
export function readResourcePaths(stack: ResolvedStack): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  for (const api of stack.ofType('AWS::ApiGateway::RestApi')) {
    paths.set(String(stack.resolver.resolve({ 'Fn::GetAtt': [api.logicalId, 'RootResourceId'] })), '/');
  }
  const waiting = new Map(
    stack
      .ofType('AWS::ApiGateway::Resource')
      .map((resource) => [
        resource.physicalId,
        { ...stack.read(resource, resourcePropertiesSchema), logicalId: resource.logicalId },
      ]),
  );
  // Parents may stand after their children: go round until a round places nothing more.
  for (let placed = true; placed;) {
    placed = false;
    for (const [id, { ParentId, PathPart }] of waiting) {
      const parent = paths.get(ParentId);
      if (parent === undefined) continue;
      paths.set(id, parent === '/' ? `/${PathPart}` : `${parent}/${PathPart}`);
      waiting.delete(id);
      placed = true;
    }
  }
  nameUnplaced(stack, waiting);
  return paths;
}

type Waiting = ReadonlyMap<string, z.infer<typeof resourcePropertiesSchema> & { readonly logicalId: string }>;

/** Those of APIs that other stacks have are named with their APIs. */
function nameUnplaced(stack: ResolvedStack, waiting: Waiting): void {
  const apiIds = stack.ofType('AWS::ApiGateway::RestApi').map(({ physicalId }) => physicalId);
  for (const { logicalId, RestApiId, ParentId } of waiting.values()) {
    if (RestApiId !== undefined && !apiIds.includes(RestApiId)) continue;
    const parent = waiting.get(ParentId);
    const why = parent
      ? `its parent ${parent.logicalId} has no path either`
      : `no parent ${ParentId} in the API`;
    stack.notPlayed.add(`resource ${logicalId} (${why})`);
  }
}
