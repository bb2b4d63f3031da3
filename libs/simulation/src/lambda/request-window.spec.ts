import fc from 'fast-check';
import { RequestWindow } from './request-window.ts';

describe(RequestWindow.name, () => {
  it('lets in whenever fewer than its capacity came within the last second, and only then', () => {
    const gaps = fc.array(fc.nat(400), { maxLength: 200 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), gaps, (capacity, sent) => {
        const window = new RequestWindow(capacity);
        const admitted: number[] = [];
        let nowMs = 0;
        for (const gapMs of sent) {
          nowMs += gapMs;
          const recent = admitted.filter((atMs) => nowMs - atMs < 1000).length;
          const hasRoom = window.hasRoom(nowMs);
          expect(hasRoom).toBe(recent < capacity);
          if (!hasRoom) continue;
          window.add(nowMs);
          admitted.push(nowMs);
        }
      }),
    );
  });
});
