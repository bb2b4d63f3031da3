/** Columns of the text; a longer line goes on below, further in. */
const COLUMNS = 110;

/** A sentence in lines of at most 110 columns where its words allow it. */
export function wrap(sentence: string, indent: string, first = (line: string) => line): readonly string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of sentence.split(' ')) {
    const isStart = line.trim() === '';
    if (!isStart && line.length + 1 + word.length > COLUMNS) {
      lines.push(line);
      line = `${indent}  ${word}`;
    } else {
      line += isStart ? word : ` ${word}`;
    }
  }
  return [...lines, line].map((text, index) => (index === 0 ? first(text) : text));
}
