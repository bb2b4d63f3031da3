import {
  countText,
  dollarText,
  figureText,
  instantText,
  millisecondsText,
  percentText,
  plural,
  rateText,
  spanText,
} from './figures.ts';

describe('figures', () => {
  it.each([
    ['thousands are separated', countText(1234567), '1,234,567'],
    ['a missing count is a dash', countText(null), '–'],
    ['a number that is none is a dash', countText(Number.NaN), '–'],
    ['an infinite one too', rateText(Infinity), '–'],
    ['a huge one stays short', countText(1e300), '1.00e+300'],
    ['a rate just below 100 keeps a decimal', rateText(99.94), '99.9'],
    ['a rate from 100 up has none', rateText(912.4), '912'],
    ['small latencies keep three digits', millisecondsText(3.1234), '3.12'],
    ['latencies from 1,000 up are whole', millisecondsText(1204.4), '1,204'],
    ['a ratio is printed in per cent', percentText(0.00123), '0.123 %'],
    ['a missing ratio has no sign', percentText(null), '–'],
    ['dollars from 100 up are whole', dollarText(1204.4), '1,204'],
    ['dollars below 100 have cents', dollarText(38.4), '38.40'],
    ['cents keep three digits', dollarText(0.004213), '0.00421'],
    ['no dollars are a 0', dollarText(0), '0'],
    ['a missing price is a dash', dollarText(null), '–'],
    ['a coefficient keeps three digits', figureText(0.30312), '0.303'],
    ['a tiny coefficient is written with its exponent', figureText(0.0000041), '4.10e-6'],
    ['a coefficient that is none is a dash', figureText(Number.NaN), '–'],
    ['a span below two minutes is in seconds', spanText(119_400), '119 s'],
    ['a longer one has minutes', spanText(192_000), '3 min 12 s'],
    ['an instant loses its seconds', instantText('2026-05-12T09:14:33.120Z'), '2026-05-12 09:14 UTC'],
    ['one thing is singular', plural(1, 'step'), '1 step'],
    ['none is plural', plural(0, 'entry', 'entries'), '0 entries'],
  ])('%s', (_fact, text, expected) => {
    expect(text).toBe(expected);
  });
});
