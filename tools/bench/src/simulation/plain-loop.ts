import { TokenBucket } from '@spillway/throttle';
import type { SimulatedLoad } from './simulated-loads.ts';

interface PlainEvent {
  readonly atMs: number;
  readonly kind: 'arrival' | 'end';
}

/** A textbook binary heap of objects. */
class PlainQueue {
  readonly #events: PlainEvent[] = [];

  push(event: PlainEvent): void {
    const events = this.#events;
    let at = events.push(event) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((events[parent] as PlainEvent).atMs <= event.atMs) break;
      events[at] = events[parent] as PlainEvent;
      at = parent;
    }
    events[at] = event;
  }

  pop(): PlainEvent | undefined {
    const events = this.#events;
    const first = events[0];
    const last = events.pop();
    if (last === undefined || events.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= events.length) break;
      if (
        child + 1 < events.length &&
        (events[child + 1] as PlainEvent).atMs < (events[child] as PlainEvent).atMs
      ) {
        child += 1;
      }
      if ((events[child] as PlainEvent).atMs >= last.atMs) break;
      events[at] = events[child] as PlainEvent;
      at = child;
    }
    events[at] = last;
    return first;
  }
}

/**
 * The baseline: a plain event loop over the same arrivals, with an object an event and `Math.random`. It knows the stage's
 * bucket, a ceiling of concurrency and exponential service times, and nothing else that the model knows.
 * @param nextArrivalMs instants of the arrivals; Infinity after the last
 * @returns requests it answered
 */
export function plainLoop({ stage }: SimulatedLoad, nextArrivalMs: () => number): number {
  const queue = new PlainQueue();
  const bucket = stage.gateway.stage && new TokenBucket(stage.gateway.stage, 0);
  const most = stage.function.reservedConcurrency ?? stage.function.accountConcurrency;
  const meanMs = stage.service.kind === 'exponential' ? stage.service.meanMs : 0;
  const counts = { acknowledged: 0, throttled: 0, refused: 0 };
  let running = 0;
  const arrive = () => {
    const atMs = nextArrivalMs();
    if (atMs < Infinity) queue.push({ atMs, kind: 'arrival' });
  };
  arrive();
  for (let event = queue.pop(); event !== undefined; event = queue.pop()) {
    if (event.kind === 'end') {
      running -= 1;
      counts.acknowledged += 1;
      continue;
    }
    arrive();
    if (bucket?.admit(event.atMs) === 'throttled') counts.throttled += 1;
    else if (running >= most) counts.refused += 1;
    else {
      running += 1;
      queue.push({ atMs: event.atMs - meanMs * Math.log(1 - Math.random()), kind: 'end' });
    }
  }
  return counts.acknowledged + counts.throttled + counts.refused;
}
