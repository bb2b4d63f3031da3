import * as fc from 'fast-check';
import { rateText } from './rate-text.ts';

describe('rateText', () => {
  it.each([
    [0, '0/s'],
    [0.05678, '0.0567/s'],
    [19.98, '19.9/s'],
    [20, '20/s'],
    [57 / 1.9, '30/s'],
    [99.96, '99.9/s'],
    [999.96, '999/s'],
    [1000, '1,000/s'],
    [1234.9, '1,234/s'],
  ])('says %d as %s', (perSecond, text) => {
    expect(rateText(perSecond)).toBe(text);
  });

  it('never says more than the rate, nor less than 99 % of it', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (perSecond) => {
        const said = Number(rateText(perSecond).replaceAll(/[,/s]/g, ''));
        expect(said).toBeLessThanOrEqual(perSecond * (1 + 1e-11));
        expect(said).toBeGreaterThanOrEqual(perSecond * 0.99);
      }),
    );
  });
});
