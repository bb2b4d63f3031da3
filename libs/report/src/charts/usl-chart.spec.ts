import { exampleRun, exampleUsl } from '@spillway/capacity/testing';
import { lawAt, uslChart } from './usl-chart.ts';

const exact = (estimate: number) => ({ estimate, lower: estimate, upper: estimate });
const law = {
  ...(exampleUsl as Extract<typeof exampleUsl, { kind: 'fitted' }>),
  gamma: exact(90),
  sigma: exact(0.04),
  kappa: exact(0.0006),
};

describe('lawAt', () => {
  it('is γ with one in flight', () => {
    expect(lawAt(law, 1)).toBe(90);
  });

  it('peaks at √((1 − σ) / κ), 40 in flight, by the closed form', () => {
    expect(lawAt(law, 40)).toBeCloseTo((90 * 40) / (1 + 0.04 * 39 + 0.0006 * 40 * 39), 10);
    expect(lawAt(law, 39)).toBeLessThan(lawAt(law, 40));
    expect(lawAt(law, 41)).toBeLessThan(lawAt(law, 40));
  });
});

describe('uslChart', () => {
  it('marks the peak only where it was tested', () => {
    const levels: [number, number][] = [1, 2, 4, 8, 16, 50].map((n) => [n, lawAt(law, n)]);
    const usl = { ...law, levels, peak: { inFlight: 40, perSecond: lawAt(law, 40) } };
    expect(uslChart(exampleRun({ usl }))!.markup).toContain('>peak<');
    expect(uslChart(exampleRun())!.markup).not.toContain('>peak<');
  });

  it('is none without a fit', () => {
    expect(uslChart(exampleRun({ usl: { kind: 'not-fitted', reason: '4 levels, want 6' } }))).toBeNull();
    expect(uslChart(exampleRun({ usl: null }))).toBeNull();
  });
});
