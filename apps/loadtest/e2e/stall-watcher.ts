/** Watches for host stalls until it gets a message; forked by the specs, which stop it in between. */
import { monotonicMs } from '../src/generator/clock.ts';
import { HostStallWatch } from '../src/generator/host-stalls.ts';

const originMs = monotonicMs();
const watch = await HostStallWatch.start();
process.once('message', async () => {
  process.send?.({ kind: 'stalls', stalls: await watch.stop(originMs) });
  process.disconnect();
});
process.send?.({ kind: 'watching' });
