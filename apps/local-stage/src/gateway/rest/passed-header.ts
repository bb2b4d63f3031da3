/** Headers of functions and templates that a client gets under another name. */
const REMAPPED: ReadonlySet<string> = new Set([
  'authorization',
  'connection',
  'content-length',
  'content-md5',
  'date',
  'host',
  'server',
  'transfer-encoding',
  'upgrade',
  'www-authenticate',
  // The gateway writes its own; recorded answers have the first of them renamed, the others are unverified.
  'x-amzn-requestid',
  'x-amz-apigw-id',
  'x-amzn-trace-id',
]);

/** About a connection that is not the client's; that AWS drops them is unverified. */
const DROPPED: ReadonlySet<string> = new Set(['keep-alive', 'te', 'trailer']);

/** The name under which a client of a REST API gets a header; null where it does not get it. */
export function passedHeaderName(name: string): string | null {
  const lower = name.toLowerCase();
  if (DROPPED.has(lower)) return null;
  return REMAPPED.has(lower) ? `x-amzn-Remapped-${name}` : name;
}
