import type { Explanation } from '@spillway/capacity';
import type { Paint } from './diff-text.ts';
import { wrap } from './wrap-text.ts';

/** What `explain` prints: the contradictions first, for they are why somebody asks. */
export function describeExplanation(file: string, explanation: Explanation, paint: Paint): string {
  const { sections, contradictions, fittingLimits, ratedLoad } = explanation;
  const problems = contradictions.flatMap(({ found, change }) => [
    ...wrap(found, '  ', (line) => line.replace('  ', `${paint('red', '✕')} `)),
    ...wrap(`Change: ${change}.`, '    '),
  ]);
  const verdict =
    contradictions.length === 0
      ? [paint('green', 'No contradictions.')]
      : [paint('bold', 'Contradictions'), ...problems, '', ...wrap(proposal(fittingLimits, ratedLoad), '')];
  const rest = sections.flatMap(({ title, sentences }) => [
    '',
    paint('bold', title),
    ...sentences.flatMap((sentence) => wrap(sentence, '  ')),
  ]);
  return [paint('bold', file), '', ...verdict, ...rest].join('\n');
}

function proposal(limits: Explanation['fittingLimits'], ratedLoad: Explanation['ratedLoad']): string {
  if (limits !== null) {
    const pairs = Object.entries(limits).map(([name, value]) => `${name} ${Number(value.toPrecision(12))}`);
    return `Limits near these that fit together: ${pairs.join(', ')}. Measured ones are better: npx nx run loadtest.`;
  }
  return ratedLoad === null
    ? 'With --duration-ms, limits that fit together are proposed.'
    : 'No limits near these fit together: the account can not carry them.';
}
