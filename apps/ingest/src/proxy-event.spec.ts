import { httpEvent, restEvent } from './__fixtures__/gateway-events.ts';
import { readProxyEvent } from './proxy-event.ts';

describe('readProxyEvent', () => {
  it('reads what a REST API sends', () => {
    expect(readProxyEvent(restEvent('text', true))).toEqual({
      body: 'text',
      isBase64Encoded: true,
      requestId: 'gateway-1',
      resource: '/',
      path: '/',
      routeKey: undefined,
      rawPath: undefined,
    });
  });

  it('reads what an HTTP API sends', () => {
    expect(readProxyEvent(httpEvent('text'))).toEqual({
      body: 'text',
      isBase64Encoded: false,
      requestId: 'gateway-2',
      resource: undefined,
      path: undefined,
      routeKey: 'POST /',
      rawPath: '/',
    });
  });

  it.each([
    ['null', restEvent(null)],
    ['absent', httpEvent()],
  ])('takes a body that is %s for an empty one', (_case, event) => {
    expect(readProxyEvent(event).body).toBe('');
  });

  it.each([undefined, null])('takes isBase64Encoded %p for false', (isBase64Encoded) => {
    expect(readProxyEvent({ ...restEvent(''), isBase64Encoded }).isBase64Encoded).toBe(false);
  });

  it.each([
    ['event', 'text'],
    ['event', null],
    ['event', undefined],
    ['requestContext', { body: '' }],
    ['requestContext', { ...restEvent(''), requestContext: null }],
    ['requestId', { ...restEvent(''), requestContext: { requestId: 7 } }],
    ['body', { ...restEvent(''), body: { id: 'a secret' } }],
    ['isBase64Encoded', { ...restEvent(''), isBase64Encoded: 'true' }],
    ['resource', { ...restEvent(''), resource: null }],
    ['path', { ...restEvent(''), path: 1 }],
    ['routeKey', { ...httpEvent(''), routeKey: ['POST /'] }],
    ['rawPath', { ...httpEvent(''), rawPath: {} }],
  ])('names what is wrong and nothing of its value: %s', (field, event) => {
    let thrown: unknown;
    try {
      readProxyEvent(event);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ name: 'ProxyEventError', code: 'PROXY_EVENT_INVALID', field });
    expect(JSON.stringify({ ...(thrown as Error), message: String(thrown) })).not.toContain('secret');
  });
});
