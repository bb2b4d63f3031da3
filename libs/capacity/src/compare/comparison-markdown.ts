import type { Comparison } from './comparison.ts';
import { changeText, comparisonVerdict, metricCells, pair } from './comparison-text.ts';

const VERDICTS = { faster: 'faster', slower: '**slower**', 'no-difference': 'no difference' } as const;

/** A comparison as GitHub Markdown, for the comment on a pull request. */
export function comparisonMarkdown(comparison: Comparison): string {
  if (comparison.kind === 'refused') {
    return [
      "### Load test: these runs can't be compared",
      '',
      ...comparison.reasons.map((reason) => `- ${reason}`),
    ].join('\n');
  }
  const { a, b, metrics, rates, changes, notes } = comparison;
  return [
    `### Load test: ${comparisonVerdict(comparison)}`,
    '',
    `A: ${code(a)} · B: ${code(b)} · changed: ${changes.map(({ what, from, to }) => `${what} \`${from}\` → \`${to}\``).join(', ') || 'nothing'}`,
    '',
    '| | A | B | B to A | 95 % interval | verdict | found 8 times in 10 |',
    '| --- | ---: | ---: | ---: | ---: | --- | ---: |',
    ...metrics.map((metric) => {
      const [name, ofA, ofB, change, interval] = metricCells(metric);
      return `| ${name} | ${ofA} | ${ofB} | ${change} | ${interval} | ${VERDICTS[metric.verdict]} | ${changeText(metric.detectableRatio)} |`;
    }),
    '',
    ...(rates.length === 0
      ? []
      : [
          '<details><summary>Rate by rate, ms</summary>',
          '',
          '| requests/s | p50 | p99 | function |',
          '| ---: | ---: | ---: | ---: |',
          ...rates.map(
            ({ ratePerSecond, a: ofA, b: ofB }) =>
              `| ${ratePerSecond} | ${pair(ofA.p50Ms, ofB.p50Ms)} | ${pair(ofA.p99Ms, ofB.p99Ms)} | ${pair(ofA.durationMs, ofB.durationMs)} |`,
          ),
          '',
          '</details>',
          '',
        ]),
    ...notes.map((note) => `- ${note}`),
  ].join('\n');
}

function code(ids: readonly string[]): string {
  return ids.map((id) => `\`${id}\``).join(', ');
}
