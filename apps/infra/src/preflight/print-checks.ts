import type { Check } from './check.ts';

const MARKS: Record<Check['verdict'], string> = { fits: '✓', warning: '!', breach: '✗', unknown: '?' };

/** A line a check; where it does not fit, lines that say what comes of it and what to do; the verdict last. */
export function printChecks(checks: readonly Check[]): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.flatMap(({ name, verdict, found, wanted, outcome, next }) => {
    const indent = ' '.repeat(width + 6);
    const line = `  ${MARKS[verdict]} ${name.padEnd(width)}  ${found}; want ${wanted}`;
    if (verdict === 'fits') return [line];
    return [line, ...(outcome === '' ? [] : [`${indent}else: ${outcome}`]), `${indent}next: ${next}`];
  });
  return [...lines, verdictOf(checks), ''].join('\n');
}

function verdictOf(checks: readonly Check[]): string {
  const named = (verdict: Check['verdict']) =>
    checks.filter((one) => one.verdict === verdict).map(({ name }) => name);
  const [breaches, warnings, unread] = [named('breach'), named('warning'), named('unknown')];
  const nothing = unread.length === 0 ? 'nothing' : 'nothing that could be read';
  return [
    `Verdict  a deployment would breach ${breaches.length === 0 ? nothing : `${breaches.length} of ${checks.length}: ${breaches.join(', ')}`}`,
    ...(warnings.length === 0 ? [] : [`warnings: ${warnings.join(', ')}`]),
    ...(unread.length === 0 ? [] : [`not verified: ${unread.join(', ')} (--allow-unknown lets that pass)`]),
  ].join('; ');
}
