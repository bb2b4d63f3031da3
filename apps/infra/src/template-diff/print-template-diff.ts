import type { PropertyChange, ResourceChange, StatementChange, TemplateChanges } from './diff-templates.ts';

/** A stage with what changes in it; `kind` says whether both commits have it. */
export interface StageDiff {
  readonly stage: string;
  readonly kind: 'both' | 'new' | 'gone';
  readonly changes: TemplateChanges;
}

/** Longest value in a cell: a whole dashboard or policy would hide the rest. */
const VALUE_CHARACTERS = 100;

const SIGNS: Record<ResourceChange['impact'], string> = {
  create: '+ new',
  update: '~ changed',
  'may-replace': '~ changed, **may be replaced**',
  replace: '~ **replaced**',
  delete: '- deleted',
  keep: '- left behind',
};

/**
 * Markdown for a pull request: a line a stage, then each different set of changes once, with its stages.
 * @param base what was compared with, such as a short commit id
 */
export function printTemplateDiff(base: string, stages: readonly StageDiff[]): string {
  const changed = stages.filter(({ kind, changes }) => kind !== 'both' || !isEmpty(changes));
  const head = `## Templates against \`${base}\`\n`;
  if (changed.length === 0) return `${head}\nNo change in any stage.\n`;
  const byText = Map.groupBy(changed, ({ changes }) => printChanges(changes));
  const sections = [...byText].map(
    ([text, group]) => `\n### ${group.map(({ stage }) => stage).join(', ')}\n\n${text}`,
  );
  return [head, overview(stages), ...sections].join('\n');
}

function isEmpty(changes: TemplateChanges): boolean {
  return Object.values(changes).every(({ length }) => length === 0);
}

function overview(stages: readonly StageDiff[]): string {
  const rows = stages.map(({ stage, kind, changes }) => {
    const { resources, permissions } = changes;
    const dangers = resources.filter(({ danger }) => danger !== undefined).length;
    const what = { both: isEmpty(changes) ? 'no change' : '', new: 'new stage', gone: 'no longer a stage' }[
      kind
    ];
    const { length } = resources;
    const count = length === 0 ? '' : `${length} ${length === 1 ? 'resource' : 'resources'}`;
    return [
      stage,
      [what, count].filter(Boolean).join(', ') || 'other parts',
      dangers === 0 ? '' : `⚠️ ${dangers}`,
      permissions.length === 0 ? '' : `🔑 ${permissions.length}`,
    ];
  });
  return table(['Stage', 'Change', 'Data or address at stake', 'Permissions'], rows);
}

function printChanges({ resources, permissions, outputs, others }: TemplateChanges): string {
  const dangers = resources.flatMap(({ logicalId, type, danger }) =>
    danger === undefined ? [] : [`> - \`${logicalId}\` (${type}) ${danger}`],
  );
  const parts = [
    dangers.length === 0 ? '' : `> [!CAUTION]\n${dangers.join('\n')}\n`,
    resources.length === 0 ? '' : table(['', 'Resource', 'Type', 'Properties'], resources.map(resourceRow)),
    permissions.length === 0
      ? ''
      : `**Permissions**\n\n${table(['', 'Effect', 'Action', 'Resource', 'Principal'], permissions.map(statementRow))}`,
    outputs.length === 0 ? '' : `**Outputs**: ${outputs.map((name) => `\`${name}\``).join(', ')}\n`,
    others.length === 0
      ? ''
      : `**Other parts of the template**\n\n${others.map((other) => `- ${printProperty(other)}\n`).join('')}`,
  ];
  return parts.filter((part) => part !== '').join('\n');
}

function resourceRow({ logicalId, type, impact, properties, danger }: ResourceChange): string[] {
  const mark = danger === undefined ? '' : '⚠️ ';
  return [`${mark}${SIGNS[impact]}`, `\`${logicalId}\``, type, properties.map(printProperty).join('<br>')];
}

function printProperty({ name, from, to }: PropertyChange): string {
  return `${name}: ${code(from)} → ${code(to)}`;
}

function statementRow({ sign, effect, action, resource, principal }: StatementChange): string[] {
  return [sign, effect, code(action), code(resource), code(principal)];
}

/** A value as code in a table: on one line, cut, and with nothing that would end the cell or the code. */
function code(value: unknown): string {
  if (value === undefined || value === '') return '–';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const plain = text.replaceAll(/\s+/g, ' ').replaceAll('|', '¦').replaceAll('`', "'");
  const cut = plain.length > VALUE_CHARACTERS ? `${plain.slice(0, VALUE_CHARACTERS)}…` : plain;
  return `\`${cut}\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''].join('\n');
}
