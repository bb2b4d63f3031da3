import { join } from 'node:path';
import { openApiDocument } from '@spillway/shared/openapi';

/** The document as it is checked in, for those who read it without running anything. */
export const OPENAPI_FILE = join(import.meta.dirname, '../../../libs/shared/openapi.json');

/** What belongs into that file. */
export function openApiText(): string {
  return `${JSON.stringify(openApiDocument(), null, 2)}\n`;
}

/** Where the file's text is not what the schemas give, and what to do about it; null where it is. */
export function findStaleness(text: string): string | null {
  const found = text.split('\n');
  const wanted = openApiText().split('\n');
  const lines = Math.max(found.length, wanted.length);
  for (let line = 0; line < lines; line++) {
    if (found[line] === wanted[line]) continue;
    const [is, want] = [quote(found[line]), quote(wanted[line])];
    return `libs/shared/openapi.json is stale: line ${line + 1} is ${is}, want ${want}; run npx nx run shared:openapi`;
  }
  return null;
}

function quote(line: string | undefined): string {
  return line ? `«${line.trim()}»` : 'nothing';
}
