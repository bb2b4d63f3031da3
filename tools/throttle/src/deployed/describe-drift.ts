import type { Paint } from '../diff-text.ts';
import type { DriftRow } from './compare-deployed.ts';
import type { DeployedStage } from './read-deployed.ts';

const HEADS = ['', 'deployed', 'this checkout', 'evidence'];
const NONE = '–';

/** What `check --deployed` prints: where it looked, a table, and what to do where something is wrong. */
export function describeDrift(
  deployed: DeployedStage,
  rows: readonly DriftRow[],
  file: string,
  paint: Paint,
): string {
  const { stage, accountId, region, stackName, stackStatus, lease, fingerprint } = deployed;
  const cells = rows.map((row) => [row.name, row.deployed ?? NONE, row.file ?? NONE, row.evidence ?? NONE]);
  const widths = HEADS.map((_head, column) =>
    Math.max(...[HEADS, ...cells].map((line) => line[column]?.length ?? 0)),
  );
  const line = (texts: readonly string[]) =>
    texts.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  ');
  return [
    `Stage    ${stage}, account ${accountId}, ${region}, stack ${stackName} (${stackStatus})`,
    `File     ${file}`,
    ...(lease === null ? [] : [`Lease    ${lease}`]),
    '',
    `    ${line(HEADS)}`.trimEnd(),
    ...rows.map(({ problem }, index) => {
      const text = line(cells[index] ?? []);
      if (problem === null) return `  ${paint('green', '✓')} ${text}`.trimEnd();
      return `  ${paint('red', '✗')} ${text}  ${paint('red', problem)}`;
    }),
    ...(typeof fingerprint === 'string'
      ? ['', `Bundle and template of what is deployed could not be read: ${fingerprint}`]
      : []),
    '',
    ...verdict(stage, rows, paint),
  ].join('\n');
}

function verdict(stage: string, rows: readonly DriftRow[], paint: Paint): readonly string[] {
  const wrong = rows.filter(({ problem }) => problem !== null);
  if (wrong.length === 0) return [`Verdict  ${paint('green', 'no drift')}`];
  const has = (part: string) => wrong.some(({ problem }) => problem?.includes(part));
  return [
    `Verdict  ${paint('red', `drift in ${wrong.length} of ${rows.length}`)}: ${wrong.map(({ name }) => name).join(', ')}`,
    ...(has('a load test')
      ? [`Next     npx nx run loadtest restore --stage=${stage} puts back what a load test left`]
      : []),
    ...(has('not set') || has('says') || has('not in the template')
      ? [
          `Next     npx nx deploy infra --stage=${stage} --revert-drift; without the option CloudFormation leaves alone what was changed by hand`,
        ]
      : []),
    ...(has('evidence gives') ? [`Next     npx nx run throttle update --stage=${stage}`] : []),
    ...(has('was measured')
      ? [`Next     npx nx run loadtest --stage=${stage} measures what is deployed`]
      : []),
  ];
}
