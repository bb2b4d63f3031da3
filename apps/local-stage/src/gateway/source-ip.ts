import type { IncomingMessage } from 'node:http';

/** Address of the connection's other end; an IPv4 one without the form that a dual-stack socket gives it. */
export function sourceIpOf({ socket }: Pick<IncomingMessage, 'socket'>): string {
  const address = socket.remoteAddress ?? '127.0.0.1';
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
}
