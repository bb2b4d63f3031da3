import type { ReplayCheck } from '@spillway/capacity';
import { isWorthAnotherTry } from './replay-limits.ts';

function tries(...outcomes: ReplayCheck['outcome'][]): ReplayCheck[][] {
  return outcomes.map((outcome) => [
    { name: 'another check', outcome: 'met', found: '', wanted: '' },
    { name: 'the check', outcome, found: '', wanted: '' },
  ]);
}

describe('isWorthAnotherTry', () => {
  it.each([
    ['a step that met all', tries('met'), false],
    ['a first miss', tries('missed'), true],
    ['a second miss', tries('missed', 'missed'), false],
    ['a miss that was an accident', tries('missed', 'met'), false],
    ['a step that proved nothing', tries('inconclusive'), true],
    ['a miss after that', tries('inconclusive', 'missed'), true],
    ['a third try, whatever it was', tries('inconclusive', 'missed', 'inconclusive'), false],
  ])('answers %s', (_reason, taken, isWorth) => {
    expect(isWorthAnotherTry(taken)).toBe(isWorth);
  });
});
