import * as z from 'zod';
import type { ResolvedStack } from '../resolved-stack.ts';

const resourcePropertiesSchema = z.looseObject({ ParentId: z.string(), PathPart: z.string() });

/** Resource id → its full path, `/entries/{id}`. The root of each API is in it as `/`. */
export function readResourcePaths(stack: ResolvedStack): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  for (const api of stack.ofType('AWS::ApiGateway::RestApi')) {
    paths.set(String(stack.resolver.resolve({ 'Fn::GetAtt': [api.logicalId, 'RootResourceId'] })), '/');
  }
  const waiting = new Map(
    stack
      .ofType('AWS::ApiGateway::Resource')
      .map((resource) => [resource.physicalId, stack.read(resource, resourcePropertiesSchema)]),
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
  return paths;
}
