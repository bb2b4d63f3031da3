import type { Socket } from 'node:net';
import { sourceIpOf } from './source-ip.ts';

describe('sourceIpOf', () => {
  it.each([
    ['an IPv4 address', '192.0.2.7', '192.0.2.7'],
    ['an IPv4 address of a dual-stack socket', '::ffff:192.0.2.7', '192.0.2.7'],
    ['an IPv6 address', '2001:db8::7', '2001:db8::7'],
    ['a socket that is closed', undefined, '127.0.0.1'],
  ])('tells %s', (_case, remoteAddress, address) => {
    expect(sourceIpOf({ socket: { remoteAddress } as Socket })).toBe(address);
  });
});
