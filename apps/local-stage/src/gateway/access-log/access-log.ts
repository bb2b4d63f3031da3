import type { ContextVariables } from './context-variables.ts';

/** Takes one request's line at a time; whoever opened it closes it. */
export interface AccessLogSink {
  /** @param line without its end */
  write(line: string): void;
}

/** Literal text and names of variables in turn, beginning and ending with text. */
type ParsedFormat = readonly string[];

/** A name ends before a dot or a dash that nothing follows: `$context.requestId-$context.status` has two. */
const VARIABLE = /\$context\.(\w+(?:[.-]\w+)*)/;

/** What AWS writes for a variable without a value. */
const NO_VALUE = '-';

const parsedFormats = new Map<string, ParsedFormat>();

/**
 * The template's format with the request's values in it. Formats are few and known at start, so each is taken apart
 * once.
 */
export function renderAccessLog(format: string, variables: ContextVariables): string {
  let parts = parsedFormats.get(format);
  if (!parts) parsedFormats.set(format, (parts = format.replaceAll(/\r?\n/g, ' ').trim().split(VARIABLE)));
  let line = parts[0] ?? '';
  for (let index = 1; index < parts.length; index += 2) {
    line += valueOf(parts[index] as string, variables) + (parts[index + 1] ?? '');
  }
  return line;
}

function valueOf(name: string, variables: ContextVariables): string {
  const value = variables(name);
  if (value === null || value === undefined || value === '') return NO_VALUE;
  // A message string brings its own quotes, so that a JSON format can go without.
  return typeof value === 'number' || name.endsWith('messageString') ? String(value) : escapeText(value);
}

/** What a client chose must neither end the line nor a JSON string in it; how AWS escapes is unverified. */
function escapeText(value: string): string {
  return /["\\\p{Cc}]/u.test(value) ? JSON.stringify(value).slice(1, -1) : value;
}
