import { structuredPatch } from 'diff';
import { styleText } from 'node:util';

/** Lines around a change. */
const CONTEXT_LINES = 2;

/** Paints text for a terminal, or leaves it as it is. */
export type Paint = (style: 'red' | 'green' | 'cyan' | 'bold' | 'dim' | 'yellow', text: string) => string;

/** Paints where the stream is a terminal that takes colours, and NO_COLOR isn't set. */
export function paintFor(stream: NodeJS.WriteStream): Paint {
  return (style, text) => styleText(style, text, { stream });
}

/** The lines that differ, as `diff -u` prints them. */
export function diffText(file: string, before: string, after: string, paint: Paint): string {
  const { hunks } = structuredPatch(file, file, before, after, '', '', { context: CONTEXT_LINES });
  const lines = hunks.flatMap((hunk) => [
    paint('cyan', `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`),
    ...hunk.lines.map((line) => {
      if (line.startsWith('+')) return paint('green', line);
      return line.startsWith('-') ? paint('red', line) : line;
    }),
  ]);
  return [paint('bold', `--- ${file}`), paint('bold', `+++ ${file}`), ...lines].join('\n');
}
