import { readAnswerStatus } from './answer-status.ts';

describe('readAnswerStatus', () => {
  it.each([
    [200, 200],
    [599, 599],
    ['418', 418],
    [199, null],
    [600, null],
    [101, null],
    ['101', null],
    [200.5, null],
    ['fine', null],
    ['', null],
    [null, null],
    [undefined, null],
    [[200], null],
    [true, null],
  ])('reads %j as %j', (value, statusCode) => {
    expect(readAnswerStatus(value)).toBe(statusCode);
  });
});
