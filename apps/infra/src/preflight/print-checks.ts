import type { Check } from './check-deployment.ts';

const MARKS = { fits: '✓', breach: '✗', unknown: '?' };

/** A line a check, and a second one that says what to do where it does not fit; the verdict last. */
export function printChecks(checks: readonly Check[]): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.flatMap(({ name, verdict, found, wanted, next }) => {
    const indent = ' '.repeat(width + 6);
    const line = `  ${MARKS[verdict]} ${name.padEnd(width)}  ${found}; want ${wanted}`;
    return verdict === 'fits' ? [line] : [line, `${indent}next: ${next}`];
  });
  return [...lines, verdictOf(checks), ''].join('\n');
}

function verdictOf(checks: readonly Check[]): string {
  const count = (verdict: Check['verdict']) => checks.filter((one) => one.verdict === verdict).length;
  const unread = count('unknown');
  const open = unread === 0 ? '' : `; ${unread} of ${checks.length} could not be checked`;
  const breaches = count('breach');
  if (breaches > 0) return `Verdict  a deployment would breach ${breaches} of ${checks.length}${open}`;
  return `Verdict  a deployment would breach nothing${unread === 0 ? '' : ' that could be read'}${open}`;
}
