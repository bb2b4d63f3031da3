import type { IncomingMessage } from 'node:http';

/**
 * The values of a header as they came, in order: node's own `headers` drops repetitions of some.
 * @param lowerName in lower case
 */
export function headerValues(request: IncomingMessage, lowerName: string): readonly string[] {
  const raw = request.rawHeaders;
  const values: string[] = [];
  for (let index = 0; index < raw.length; index += 2) {
    if (raw[index]?.toLowerCase() === lowerName) values.push(asUtf8(raw[index + 1] ?? ''));
  }
  return values;
}

/** The names of the headers that came, in lower case. */
export function headerNames(request: IncomingMessage): ReadonlySet<string> {
  return new Set(request.rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase()));
}

/** The target without its query, as it came. */
export function pathOf(url: string): string {
  const mark = url.indexOf('?');
  return mark < 0 ? url : url.slice(0, mark);
}

/** The query, decoded, in order. A plus is a plus: signers write blanks as `%20`. */
export function queryPairs(url: string): readonly (readonly [name: string, value: string])[] {
  const mark = url.indexOf('?');
  if (mark < 0) return [];
  return url
    .slice(mark + 1)
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      return equals < 0
        ? ([decode(pair), ''] as const)
        : ([decode(pair.slice(0, equals)), decode(pair.slice(equals + 1))] as const);
    });
}

function decode(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    // Not UTF-8 behind its percent signs: no signer writes this, so the signature will not match.
    return text;
  }
}

/** Node reads headers as Latin-1, signers hash them as UTF-8. */
function asUtf8(value: string): string {
  return Buffer.from(value, 'latin1').toString('utf8');
}
