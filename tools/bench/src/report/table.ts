/** Rows of text under a title. Columns of figures are right-aligned, those with words left. */
export interface Table {
  readonly title: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** For a terminal. */
export function plainTable({ title, header, rows }: Table): string {
  const widths = header.map((_, column) =>
    Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  const hasWords = wordyColumns({ header, rows });
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        hasWords[column] ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [title, ...[header, ...rows].map((row) => `  ${line(row)}`)].join('\n');
}

/** For a README. */
export function markdownTable({ title, header, rows }: Table): string {
  const line = (row: readonly string[]) =>
    `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = wordyColumns({ header, rows }).map((hasWords) => (hasWords ? '---' : '---:'));
  return [`**${title}**`, '', line(header), line(rule), ...rows.map(line)].join('\n');
}

function wordyColumns({ header, rows }: Pick<Table, 'header' | 'rows'>): readonly boolean[] {
  return header.map((_, column) => rows.some((row) => /[a-z]/i.test(row[column] ?? '')));
}
