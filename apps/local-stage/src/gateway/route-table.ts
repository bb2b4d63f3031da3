/** What a path and a method lead to. */
export interface RouteMatch<T> {
  readonly target: T;
  /** Null where the resource has no parameters, as the proxy event says it. */
  readonly pathParameters: Readonly<Record<string, string>> | null;
}

interface ResourceNode<T> {
  readonly literals: Map<string, ResourceNode<T>>;
  parameter: { readonly name: string; readonly node: ResourceNode<T> } | null;
  greedy: { readonly name: string; readonly node: ResourceNode<T> } | null;
  /** HTTP method or `ANY` → target; empty in a node that is only on the way to others. */
  readonly targets: Map<string, T>;
}

/**
 * Routes as one REST stage has them: literal segments before `{param}` before `{proxy+}`. The resource is chosen
 * first, then its method: a method that the chosen resource lacks is an unknown route (F13), even where a
 * greedy resource would take it.
 */
export class RouteTable<T> {
  readonly #root: ResourceNode<T> = emptyNode();
  /** Whole paths without parameters, so that the usual request costs one look-up. */
  readonly #literalPaths = new Map<string, ResourceNode<T>>();

  /** @param resourcePath such as `/`, `/entries/{id}`, `/files/{proxy+}` */
  add(httpMethod: string, resourcePath: string, target: T): void {
    let node = this.#root;
    for (const segment of segmentsOf(resourcePath)) node = childOf(node, segment);
    node.targets.set(httpMethod, target);
    if (!resourcePath.includes('{')) this.#literalPaths.set(resourcePath, node);
  }

  /** @param path of the request without stage and query, beginning with `/` */
  match(httpMethod: string, path: string): RouteMatch<T> | null {
    const literal = this.#literalPaths.get(path);
    if (literal) return targetOf(literal, httpMethod, null);
    const found = find(this.#root, segmentsOf(path), 0, []);
    if (!found) return null;
    return targetOf(
      found.node,
      httpMethod,
      found.values.length === 0 ? null : Object.fromEntries(found.values),
    );
  }
}

type PathValues = readonly (readonly [string, string])[];

function find<T>(
  node: ResourceNode<T>,
  segments: readonly string[],
  index: number,
  values: PathValues,
): { node: ResourceNode<T>; values: PathValues } | null {
  const segment = segments[index];
  if (segment === undefined) return node.targets.size > 0 ? { node, values } : null;
  const literal = node.literals.get(segment);
  const byLiteral = literal && find(literal, segments, index + 1, values);
  if (byLiteral) return byLiteral;
  if (node.parameter && segment !== '') {
    const taken = [...values, [node.parameter.name, decode(segment)] as const];
    const byParameter = find(node.parameter.node, segments, index + 1, taken);
    if (byParameter) return byParameter;
  }
  if (!node.greedy) return null;
  const rest = segments.slice(index).map(decode).join('/');
  return { node: node.greedy.node, values: [...values, [node.greedy.name, rest]] };
}

function targetOf<T>(
  node: ResourceNode<T>,
  httpMethod: string,
  pathParameters: RouteMatch<T>['pathParameters'],
): RouteMatch<T> | null {
  const target = node.targets.get(httpMethod) ?? node.targets.get('ANY');
  return target === undefined ? null : { target, pathParameters };
}

function childOf<T>(node: ResourceNode<T>, segment: string): ResourceNode<T> {
  const name = /^\{(.+?)(\+?)\}$/.exec(segment);
  if (!name?.[1]) {
    const child = node.literals.get(segment) ?? emptyNode<T>();
    node.literals.set(segment, child);
    return child;
  }
  const slot = name[2] ? 'greedy' : 'parameter';
  node[slot] ??= { name: name[1], node: emptyNode<T>() };
  return node[slot].node;
}

function emptyNode<T>(): ResourceNode<T> {
  return { literals: new Map(), parameter: null, greedy: null, targets: new Map() };
}

/** A slash at the end changes nothing: `/entries/` is `/entries`. */
function segmentsOf(path: string): readonly string[] {
  const inner = path.slice(1, path.length > 1 && path.endsWith('/') ? -1 : undefined);
  return inner === '' ? [] : inner.split('/');
}

function decode(segment: string): string {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    // Not UTF-8 behind its percent signs: passed on as it came.
    return segment;
  }
}
