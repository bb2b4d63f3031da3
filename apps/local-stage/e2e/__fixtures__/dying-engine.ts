/** An engine that does as its argument says: `fails`, `ends`, or listens and ends at the first request. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const [behaviour] = process.argv.slice(2);
if (behaviour === 'fails') process.send?.({ kind: 'failed', reason: 'no room on the disk' });
if (behaviour === 'ends' || behaviour === 'fails') {
  process.stderr.write('something is wrong\n');
  process.exit(4);
}
process.on('disconnect', () => process.exit(0));
const server = createServer(() => {
  process.stderr.write('out of luck\n');
  process.exit(3);
});
await once(server.listen(0, '127.0.0.1'), 'listening');
process.send?.({ kind: 'listening', port: (server.address() as AddressInfo).port });
