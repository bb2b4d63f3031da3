import type { Connections, ExchangeEvents } from './connections.ts';
import { OpenLoop } from './open-loop.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A loop whose requests are all due, over connections that answer when they are told to. */
function openLate(due: number, sentATurn: number) {
  const posted: ExchangeEvents[] = [];
  const connections = {
    post: (_body: string, events: ExchangeEvents) => {
      posted.push(events);
      return () => undefined;
    },
  } as unknown as Connections;
  const loop = new OpenLoop({
    schedule: new Float64Array(due),
    horizonMs: 1_000,
    connections,
    entryAt: String,
    listener: { onSent: () => undefined, onSettled: () => undefined },
    now: () => 1,
    sentATurn,
  });
  return { loop, posted };
}

describe('OpenLoop that is late', () => {
  it('sends a few in each turn of the event loop, however often it is woken, until all are sent', async () => {
    const { loop, posted } = openLate(40, 16);
    loop.sendDue();
    expect(posted).toHaveLength(16);
    for (const sent of [32, 40, 40]) {
      await turn();
      expect(posted).toHaveLength(sent);
    }
  });

  it('waits for no answer in between', async () => {
    const { loop, posted } = openLate(40, 1);
    loop.sendDue();
    for (let turns = 0; turns < 40; turns += 1) await turn();
    expect(posted).toHaveLength(40);
    expect(loop.log.settled).toBe(0);
  });

  it('sends a burst at once', () => {
    const { loop, posted } = openLate(40, Infinity);
    loop.sendDue();
    expect(posted).toHaveLength(40);
  });

  it('sends no more once it is interrupted', async () => {
    const { loop, posted } = openLate(40, 16);
    loop.sendDue();
    loop.interrupt();
    await turn();
    expect(posted).toHaveLength(16);
    expect(loop.isOver).toBe(true);
    expect(loop.log.counts()['connection-error']).toBe(16);
  });
});
