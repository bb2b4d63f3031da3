import { setPlatformAPI } from 'echarts/core';

/** Width of a letter in ems: that of the widest system fonts, so that no reader's text overlaps. */
const LETTER_EMS = 0.6;
/** First of the characters that are as wide as high; the renderer takes the height of a line from one of them. */
const SQUARE_FROM = '\u2e80';
const DEFAULT_PX = 12;

/** Most px that a text takes, whatever font shows it. */
export function textWidth(text: string, fontPx: number): number {
  return [...text].reduce((sum, letter) => sum + (letter >= SQUARE_FROM ? 1 : LETTER_EMS), 0) * fontPx;
}

// Nothing measures text where the page is made: without this the widths would be those of a narrow font.
setPlatformAPI({
  measureText: (text, font = '') => ({
    width: textWidth(text, Number.parseFloat(/[\d.]+px/.exec(font)?.[0] ?? '') || DEFAULT_PX),
  }),
});
