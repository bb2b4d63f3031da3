/** Sentences under a heading; nothing where there are none. The sentences are text, not markup. */
export function bullets(heading: string, sentences: readonly string[]): string {
  if (sentences.length === 0) return '';
  return `**${heading}**\n\n${sentences.map((sentence) => `- ${cell(sentence)}`).join('\n')}`;
}

/** A table of Markdown; the cells are markup: text goes through {@link cell}. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Text that can't end a table cell, start markup or open a tag. */
export function cell(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\|`*_[\]]/g, (mark) => `\\${mark}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;');
}
