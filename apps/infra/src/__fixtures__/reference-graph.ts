import type { Template } from 'aws-cdk-lib/assertions';

/**
 * Logical id → ids that CloudFormation has to make before it: whatever a resource refers to, wherever in it. An update
 * policy counts like a property (unverified), which the CDK's own check for cycles passes over.
 */
export function referencesOf(template: Template): ReadonlyMap<string, ReadonlySet<string>> {
  const { Resources } = template.toJSON() as { Resources: Record<string, unknown> };
  const isResource = (name: unknown): name is string =>
    typeof name === 'string' && Object.hasOwn(Resources, name);

  const collect = (value: unknown): string[] => {
    if (value === null || typeof value !== 'object') return [];
    return Object.entries(value).flatMap(([key, inner]) => {
      if (key === 'Ref') return [inner].filter(isResource);
      if (key === 'Fn::GetAtt' || key === 'DependsOn') return [inner].flat().filter(isResource);
      if (key === 'Fn::Sub')
        return [...JSON.stringify(inner).matchAll(/\$\{(\w+)/g)].map(([, id]) => id).filter(isResource);
      return collect(inner);
    });
  };
  return new Map(Object.entries(Resources).map(([id, resource]) => [id, new Set(collect(resource))]));
}

/** A ring of ids of which each needs the next; empty where there is none. */
export function findCycle(references: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const finished = new Set<string>();
  const visit = (id: string, path: readonly string[]): string[] => {
    if (path.includes(id)) return path.slice(path.indexOf(id));
    if (finished.has(id)) return [];
    for (const next of references.get(id) ?? []) {
      const cycle = visit(next, [...path, id]);
      if (cycle.length > 0) return cycle;
    }
    finished.add(id);
    return [];
  };
  for (const id of references.keys()) {
    const cycle = visit(id, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}
