/** Headers between client and gateway that no function sees, and those the gateway writes anew; in small letters. */
const HOP_HEADERS: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-amzn-trace-id',
  'x-forwarded-for',
  'x-forwarded-port',
  'x-forwarded-proto',
]);

/** Whether a client's header ends at the gateway. */
export function isHopHeader(lowerName: string): boolean {
  return HOP_HEADERS.has(lowerName);
}
