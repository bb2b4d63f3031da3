import { explainLimits } from './explain.ts';

const placeholders = {
  rateLimit: 1000,
  burstLimit: 2000,
  reservedConcurrency: 100,
  memorySize: 1024,
  timeoutSeconds: 29,
};

describe('explainLimits', () => {
  it('calls the placeholders incoherent, each contradiction by name', () => {
    const { isCoherent, contradictions, sentences } = explainLimits(placeholders, 100);
    expect(isCoherent).toBe(false);
    expect(contradictions).toEqual([
      expect.stringContaining('all that the 10× rule admits'),
      expect.stringContaining('up to 1900 are answered 500'),
      expect.stringContaining('1000 environments that start at once'),
      expect.stringContaining('gateway gives up after 29 s'),
      // B(100, 100 erlangs) = 7.57 %.
      expect.stringContaining('7.57 % of it is answered 500'),
    ]);
    expect(sentences).toContain('A burst of 0 fits on top of the rated load.');
  });

  it('finds nothing wrong with limits that fit together', () => {
    const limits = {
      ...placeholders,
      rateLimit: 800,
      burstLimit: 60,
      reservedConcurrency: 111,
      timeoutSeconds: 5,
    };
    expect(explainLimits(limits, 50)).toMatchObject({ isCoherent: true, contradictions: [] });
  });

  it.each([
    ['a burst that just fits', 71, true],
    ['one more', 72, false],
  ])('%s', (_reason, burstLimit, isCoherent) => {
    const limits = {
      ...placeholders,
      rateLimit: 800,
      reservedConcurrency: 111,
      timeoutSeconds: 5,
      burstLimit,
    };
    expect(explainLimits(limits, 50).isCoherent).toBe(isCoherent);
  });

  it('says nothing of load without a service time', () => {
    expect(explainLimits(placeholders).sentences.join()).not.toMatch(/Erlang/);
  });
});
