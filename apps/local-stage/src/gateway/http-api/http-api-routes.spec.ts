import fc from 'fast-check';
import { HttpRoutes } from './http-api-routes.ts';

const routesOf = (...routeKeys: string[]): HttpRoutes<string> =>
  new HttpRoutes(new Map(routeKeys.map((key) => [key, key])));

/** AWS's own example of its developer guide. */
const pets = routesOf(
  '$default',
  'GET /pets/dog/1',
  'GET /pets/dog/{id}',
  'GET /pets/{proxy+}',
  'ANY /{proxy+}',
);

describe('HttpRoutes', () => {
  it.each([
    ['a full match', 'GET', '/pets/dog/1', 'GET /pets/dog/1', null],
    ['a variable, for want of a literal', 'GET', '/pets/dog/2', 'GET /pets/dog/{id}', { id: '2' }],
    ['the longest greedy route', 'GET', '/pets/cat/1', 'GET /pets/{proxy+}', { proxy: 'cat/1' }],
    ['ANY, for want of the method', 'POST', '/test/5', 'ANY /{proxy+}', { proxy: 'test/5' }],
    ['a greedy ANY, where the full match lacks the method', 'POST', '/pets/dog/1', 'ANY /{proxy+}', null],
    ['$default at the root: a greedy variable takes a segment at least', 'GET', '/', '$default', null],
  ])('picks %s', (_case, method, path, routeKey, pathParameters) => {
    const match = pets.match(method, path);
    expect(match?.target).toBe(routeKey);
    if (pathParameters) expect(match?.pathParameters).toEqual(pathParameters);
  });

  it.each([
    ['the method before ANY', ['ANY /a', 'GET /a'], 'GET', 'GET /a'],
    ['ANY for the methods that have no route', ['ANY /a', 'GET /a'], 'PUT', 'ANY /a'],
    ['a full match by ANY before the greedy method', ['GET /{proxy+}', 'ANY /a'], 'GET', 'ANY /a'],
    ['the greedy method before a greedy ANY', ['ANY /{proxy+}', 'GET /{proxy+}'], 'GET', 'GET /{proxy+}'],
    ['a full match by a variable before a greedy route', ['ANY /a/{p+}', 'GET /{x}/b'], 'GET', 'GET /{x}/b'],
  ])('takes %s', (_case, routeKeys, method, routeKey) => {
    const path = routeKey === 'GET /{x}/b' ? '/a/b' : '/a';
    expect(routesOf(...routeKeys).match(method, path)?.target).toBe(routeKey);
  });

  it('F13: knows no route where there is neither a match nor $default', () => {
    const routes = routesOf('GET /a', 'POST /b');
    expect(routes.match('GET', '/b')).toBeNull();
    expect(routes.match('GET', '/a/b')).toBeNull();
    expect(routes.match('PATCH', '/a')).toBeNull();
  });

  it('gives path parameters decoded', () => {
    expect(routesOf('GET /i/{id}').match('GET', '/i/a%20b')?.pathParameters).toEqual({ id: 'a b' });
  });

  it("gives each route's parameters by its own names, also where another route has others", () => {
    const routes = routesOf(
      'ANY /i/{any}',
      'GET /i/{id}',
      'POST /i/{other}/x',
      'ANY /f/{rest+}',
      'GET /f/{path+}',
    );
    const parametersOf = (method: string, path: string): unknown =>
      routes.match(method, path)?.pathParameters;
    expect(parametersOf('GET', '/i/1')).toEqual({ id: '1' });
    expect(parametersOf('POST', '/i/1')).toEqual({ any: '1' });
    expect(parametersOf('POST', '/i/1/x')).toEqual({ other: '1' });
    expect(parametersOf('GET', '/f/a/b')).toEqual({ path: 'a/b' });
    expect(parametersOf('PUT', '/f/a/b')).toEqual({ rest: 'a/b' });
  });

  it('picks a route of the best kind that there is: full, greedy, $default', () => {
    const segment = fc.constantFrom('a', 'b', '{x}');
    const routePath = fc
      .tuple(fc.array(segment, { maxLength: 3 }), fc.constantFrom([], ['{rest+}']))
      .map(([before, end]) => `/${[...before, ...end].join('/')}`);
    const routeKey = fc
      .tuple(fc.constantFrom('GET', 'POST', 'ANY'), routePath)
      .map(([method, path]) => `${method} ${path}`);
    const routeKeys = fc.array(fc.oneof({ weight: 9, arbitrary: routeKey }, fc.constant('$default')));
    const requestPath = fc
      .array(fc.constantFrom('a', 'b', 'c'), { maxLength: 4 })
      .map((s) => `/${s.join('/')}`);
    /** 3 for a full match, 2 for a greedy one, 1 for $default, 0 for none. */
    const rankOf = (key: string | undefined, method: string, path: string): number => {
      if (key === undefined || key === '$default') return key === undefined ? 0 : 1;
      const [ofMethod = '', template = ''] = key.split(' ');
      const pattern = template.replace('{rest+}', '.+').replaceAll('{x}', '[^/]+');
      const isMatch = [method, 'ANY'].includes(ofMethod) && new RegExp(`^${pattern}$`).test(path);
      return isMatch ? (template.endsWith('+}') ? 2 : 3) : 0;
    };
    fc.assert(
      fc.property(routeKeys, fc.constantFrom('GET', 'POST', 'PUT'), requestPath, (keys, method, path) => {
        const best = Math.max(0, ...keys.map((key) => rankOf(key, method, path)));
        const picked = routesOf(...keys).match(method, path)?.target;
        expect(rankOf(picked, method, path)).toBe(best);
      }),
      { numRuns: 2000 },
    );
  });
});
