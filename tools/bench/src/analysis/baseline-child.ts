import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { reportUse } from './use-report.ts';

/** A process of its own: reads the same bytes and counts their lines, which is the least that reading answers takes. */
const LINE_END = 10;
const [directory = ''] = process.argv.slice(2);
const piece = Buffer.alloc(1024 * 1024);
let rows = 0;
for (const name of readdirSync(directory).filter((file) => file.endsWith('.answers.csv'))) {
  const handle = openSync(join(directory, name), 'r');
  for (let length = readSync(handle, piece); length > 0; length = readSync(handle, piece)) {
    const bytes = piece.subarray(0, length);
    for (let at = bytes.indexOf(LINE_END); at >= 0; at = bytes.indexOf(LINE_END, at + 1)) rows += 1;
  }
  closeSync(handle);
  // A header is no answer.
  rows -= 1;
}
reportUse(rows);
