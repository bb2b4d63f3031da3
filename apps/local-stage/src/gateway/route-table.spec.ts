import { RouteTable } from './route-table.ts';

const routes = new RouteTable<string>();
for (const [method, path] of [
  ['POST', '/'],
  ['GET', '/items'],
  ['GET', '/items/{id}'],
  ['GET', '/items/first'],
  ['GET', '/items/{id}/parts/{part}'],
  ['ANY', '/files/{proxy+}'],
  ['GET', '/files/list'],
] as const) {
  routes.add(method, path, `${method} ${path}`);
}

describe('RouteTable', () => {
  it.each([
    ['the root', 'POST', '/', 'POST /', null],
    ['a literal', 'GET', '/items', 'GET /items', null],
    ['a slash at the end', 'GET', '/items/', 'GET /items', null],
    ['a literal before a parameter', 'GET', '/items/first', 'GET /items/first', null],
    ['a parameter', 'GET', '/items/7', 'GET /items/{id}', { id: '7' }],
    ['a decoded parameter', 'GET', '/items/a%20b', 'GET /items/{id}', { id: 'a b' }],
    ['a parameter that is not UTF-8', 'GET', '/items/%ff', 'GET /items/{id}', { id: '%ff' }],
    ['two parameters', 'GET', '/items/7/parts/8', 'GET /items/{id}/parts/{part}', { id: '7', part: '8' }],
    [
      'a parameter where a literal leads nowhere',
      'GET',
      '/items/first/parts/8',
      'GET /items/{id}/parts/{part}',
      { id: 'first', part: '8' },
    ],
    ['everything below', 'PUT', '/files/a/b/c', 'ANY /files/{proxy+}', { proxy: 'a/b/c' }],
    ['a literal before everything below', 'GET', '/files/list', 'GET /files/list', null],
  ])('finds %s', (_case, method, path, target, pathParameters) => {
    expect(routes.match(method, path)).toEqual({ target, pathParameters });
  });

  it.each([
    ['an unknown path', 'GET', '/other'],
    ['a path that is only on the way to others', 'GET', '/files'],
    ['an unknown method', 'DELETE', '/items'],
    ['a method that the literal lacks, though the greedy resource has it', 'PUT', '/files/list'],
    ['a parameter that is empty', 'GET', '/items//parts/8'],
    ['a longer path', 'GET', '/items/7/parts/8/9'],
  ])('does not find %s (F13)', (_case, method, path) => {
    expect(routes.match(method, path)).toBeNull();
  });
});
