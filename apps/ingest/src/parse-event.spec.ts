import { httpBatchEvent, httpEvent, restBatchEvent, restEvent } from './__fixtures__/gateway-events.ts';
import { parseEvent } from './parse-event.ts';

describe('parseEvent', () => {
  it.each<[string, object, string]>([
    ['REST, POST /', restEvent(''), '/'],
    ['REST, POST /batch', restBatchEvent(''), '/batch'],
    ["REST behind a domain name's base path", { ...restBatchEvent(''), path: '/v1/batch' }, '/batch'],
    [
      'REST, a route that takes any path',
      { ...restEvent(''), resource: '/{proxy+}', path: '/batch' },
      '/batch',
    ],
    ['HTTP, POST /', httpEvent(''), '/'],
    ['HTTP, POST /batch of a named stage', httpBatchEvent(''), '/batch'],
    ['HTTP, any method', { ...httpBatchEvent(''), routeKey: 'ANY /batch' }, '/batch'],
    ['HTTP, $default', { ...httpEvent(''), routeKey: '$default', rawPath: '/batch' }, '/batch'],
    [
      'HTTP, a route that takes any path',
      { ...httpEvent(''), routeKey: 'POST /{all+}', rawPath: '/x' },
      '/x',
    ],
  ])('reads the path: %s', (_name, event, path) => {
    expect(parseEvent(event).path).toBe(path);
  });

  it('refuses an event without a path', () => {
    const event = { ...restEvent(''), resource: undefined, path: undefined };
    expect(() => parseEvent(event)).toThrow(expect.objectContaining({ code: 'PROXY_EVENT_INVALID' }));
  });
});
