import { readFileSync } from 'node:fs';
import { findStaleness, OPENAPI_FILE, openApiText } from './openapi-file.ts';

describe('findStaleness', () => {
  it('has nothing to say about libs/shared/openapi.json', () => {
    expect(findStaleness(readFileSync(OPENAPI_FILE, 'utf8'))).toBeNull();
  });

  it.each([
    [
      'a changed line',
      (text: string) => text.replace('3.1.1', '3.1.0'),
      /line 2 is «.*3\.1\.0",», want «.*3\.1\.1",»/,
    ],
    ['an empty file', () => '', /line 1 is nothing, want «\{»/],
    ['a line too many', (text: string) => `${text}x`, /is «x», want nothing/],
    ['a missing end', (text: string) => text.slice(0, -3), /is nothing, want «\}»/],
  ])('names %s and the command that mends it', (_case, spoil, message) => {
    const staleness = findStaleness(spoil(openApiText()));
    expect(staleness).toMatch(message);
    expect(staleness).toMatch(/; run npx nx run shared:openapi$/);
  });
});
