import { RouteTable, type RouteMatch } from '../route-table.ts';

/** Method of requests that no route names: only `ANY` takes them. */
const ANY = 'ANY';

interface HttpRoute<T> {
  readonly method: string;
  /** With the positions of its variables in the place of their names: `/pets/{2}`. */
  readonly path: string;
  /** Position → name. */
  readonly names: ReadonlyMap<string, string>;
  readonly target: T;
}

interface MethodRoutes<T> {
  readonly full: RouteTable<HttpRoute<T>>;
  readonly greedy: RouteTable<HttpRoute<T>>;
}

/**
 * The routes of one HTTP API. AWS picks the best match of method and path together: a full match before one by a
 * greedy variable before `$default`; `ANY` takes the methods that a path has no route of its own for. So, unlike in
 * a REST API, a path that lacks the method is not the end: the next best route is asked. Among full matches literal
 * segments go before variables, as in AWS's example; that a slash at the end changes nothing is unverified.
 */
export class HttpRoutes<T> {
  readonly #byMethod = new Map<string, MethodRoutes<T>>();
  readonly #defaultTarget: T | null;

  /** @param routes by route key: `$default`, `GET /pets/{id}`, `ANY /{proxy+}` */
  constructor(routes: ReadonlyMap<string, T>) {
    this.#defaultTarget = routes.get('$default') ?? null;
    const declared = [...routes]
      .filter(([routeKey]) => routeKey !== '$default')
      .map(([routeKey, target]) => readRouteKey(routeKey, target));
    for (const method of new Set([ANY, ...declared.map((route) => route.method)])) {
      this.#byMethod.set(method, layOut(declared, method));
    }
  }

  /** @param path of the request without stage and query, beginning with `/` */
  match(httpMethod: string, path: string): RouteMatch<T> | null {
    const routes = this.#byMethod.get(httpMethod) ?? (this.#byMethod.get(ANY) as MethodRoutes<T>);
    const match = routes.full.match(ANY, path) ?? routes.greedy.match(ANY, path);
    if (match) return nameParameters(match);
    return this.#defaultTarget === null ? null : { target: this.#defaultTarget, pathParameters: null };
  }
}

/** Two routes may call the variable of one place by different names: in the tables it goes by its position. */
function readRouteKey<T>(routeKey: string, target: T): HttpRoute<T> {
  const blank = routeKey.indexOf(' ');
  const names = new Map<string, string>();
  const segments = routeKey.slice(blank + 1).split('/');
  const path = segments.map((segment, position) => {
    const variable = /^\{(.+?)(\+?)\}$/.exec(segment);
    if (!variable?.[1]) return segment;
    names.set(String(position), variable[1]);
    return `{${position}${variable[2] ?? ''}}`;
  });
  return { method: routeKey.slice(0, blank), path: path.join('/'), names, target };
}

function nameParameters<T>({ target: route, pathParameters }: RouteMatch<HttpRoute<T>>): RouteMatch<T> {
  if (pathParameters === null) return { target: route.target, pathParameters };
  const named = Object.entries(pathParameters).map(([position, value]) => [route.names.get(position), value]);
  return { target: route.target, pathParameters: Object.fromEntries(named) as Record<string, string> };
}

/** All that a request of this method can reach, its own routes in the place of `ANY`'s for the same path. */
function layOut<T>(declared: readonly HttpRoute<T>[], method: string): MethodRoutes<T> {
  const routes: MethodRoutes<T> = { full: new RouteTable(), greedy: new RouteTable() };
  for (const kind of new Set([ANY, method])) {
    for (const route of declared) {
      if (route.method !== kind) continue;
      routes[route.path.endsWith('+}') ? 'greedy' : 'full'].add(ANY, route.path, route);
    }
  }
  return routes;
}
