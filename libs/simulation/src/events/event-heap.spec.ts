import fc from 'fast-check';
import { EventHeap } from './event-heap.ts';

describe(EventHeap.name, () => {
  it('gives what it was given in the order of instants, whatever is pushed and popped in between', () => {
    // A number is pushed, null pops.
    const moves = fc.array(fc.option(fc.double({ min: 0, max: 1e9, noNaN: true })), { maxLength: 400 });
    fc.assert(
      fc.property(moves, (sequence) => {
        const heap = new EventHeap();
        const instants: number[] = [];
        const waiting = new Set<number>();
        for (const move of sequence) {
          if (move !== null) {
            waiting.add(instants.length);
            heap.push(move, instants.length);
            instants.push(move);
          }
          const leastMs = Math.min(Infinity, ...[...waiting].map((id) => instants[id]!));
          expect(heap.nextMs).toBe(leastMs);
          if (move === null) {
            const id = heap.pop();
            expect(id === -1 ? Infinity : instants[id]).toBe(leastMs);
            waiting.delete(id);
          }
          expect(heap.size).toBe(waiting.size);
        }
      }),
    );
  });

  it('grows beyond its first size', () => {
    const heap = new EventHeap();
    for (let id = 0; id < 5000; id += 1) heap.push((id * 7919) % 5000, id);
    const taken = Array.from({ length: 5000 }, () => {
      const atMs = heap.nextMs;
      heap.pop();
      return atMs;
    });
    expect(taken).toEqual(Array.from({ length: 5000 }, (_, index) => index));
    expect(heap.nextMs).toBe(Infinity);
  });
});
