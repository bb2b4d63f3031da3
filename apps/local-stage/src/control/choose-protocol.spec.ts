import type { IncomingMessage } from 'node:http';
import { chooseProtocol } from './choose-protocol.ts';

const FORM = 'application/x-www-form-urlencoded; charset=utf-8';

/** What a request's protocol says that its answers are. */
const contentTypeOf = (method: string, url: string, headers: object): string | undefined =>
  chooseProtocol({ method, url, headers } as IncomingMessage, Buffer.from('{}')).succeed({}, 'id').headers[
    'Content-Type'
  ];

describe('chooseProtocol', () => {
  it.each([
    ['a target', 'POST', '/', { 'x-amz-target': 'ServiceQuotasV20190624.X' }, 'application/x-amz-json-1.1'],
    ['a form posted to the root', 'POST', '/', { 'content-type': FORM }, 'text/xml'],
    ['a path', 'GET', '/v2/apis/a', {}, 'application/json'],
    ['a path whose client says form', 'PATCH', '/v2/apis/a', { 'content-type': FORM }, 'application/json'],
    ['a path posted to as a form', 'POST', '/v2/apis/a', { 'content-type': FORM }, 'application/json'],
    ['the root that is only read', 'GET', '/', { 'content-type': FORM }, 'application/json'],
  ])('takes %s', (_case, method, url, headers, contentType) => {
    expect(contentTypeOf(method, url, headers)).toBe(contentType);
  });
});
