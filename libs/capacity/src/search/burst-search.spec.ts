import { judgedStep } from '../__fixtures__/judged-step.ts';
import { targets } from '../__fixtures__/simulated-stage.ts';
import { nextBurst } from './burst-search.ts';
import type { JudgedStep } from '../run-record.ts';

function search(answer: (requests: number, tries: number) => 'pass' | 'fail' | 'host', maxRequests = 1000) {
  const history: JudgedStep[] = [];
  const sizes: number[] = [];
  for (;;) {
    const next = nextBurst(history, { maxRequests, targets });
    if (next.kind === 'done') return { sizes, clean: next.cleanRequests };
    const tries = sizes.filter((size) => size === next.requests).length + 1;
    sizes.push(next.requests);
    const arrivals = { kind: 'burst', requests: next.requests, withinMs: 50 } as const;
    history.push(judgedStep(1, answer(next.requests, tries), { arrivals, purpose: 'burst' }));
  }
}

describe('nextBurst', () => {
  it('doubles until a size misses twice, then bisects twice', () => {
    const { sizes, clean } = search((requests) => (requests <= 100 ? 'pass' : 'fail'));
    expect(sizes).toEqual([10, 20, 40, 80, 160, 160, 120, 120, 100]);
    expect(clean).toBe(100);
  });

  it('forgives one stumble', () => {
    const { clean } = search((requests, tries) => (requests > 300 || tries < 2 ? 'fail' : 'pass'));
    expect(clean).toBeGreaterThanOrEqual(240);
  });

  it('ends at the largest size worth trying', () => {
    expect(search(() => 'pass', 50)).toEqual({ sizes: [10, 20, 40, 50], clean: 50 });
  });

  it('goes down where the first size misses, and may find none', () => {
    expect(search((requests) => (requests <= 3 ? 'pass' : 'fail')).clean).toBeGreaterThan(0);
    expect(search(() => 'fail').clean).toBe(0);
  });

  it('takes a size that the host spoiled twice for missed', () => {
    expect(search((requests) => (requests <= 40 ? 'pass' : 'host')).clean).toBe(40);
  });
});
