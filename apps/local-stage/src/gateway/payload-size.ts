/** F15: what Lambda takes, bytes of the event as JSON. */
export const INVOKE_LIMIT_BYTES = 6_291_456;

/** One byte of a body is at most six of JSON, written as a \u escape. */
const WORST_ESCAPE_BYTES = 6;

/** Node's limit on the head of a request, doubled twice: the event names each header twice, escaped. */
const HEAD_ALLOWANCE_BYTES = 4 * 16_384;

/**
 * Whether the event is over F15's limit, escaping and base64 counted. Only bodies that could reach it are
 * measured, because measuring means writing the JSON out.
 */
export function isOverInvokeLimit(event: unknown, body: Buffer | null): boolean {
  if (body === null) return false;
  // Its bytes are in the event at least once.
  if (body.length > INVOKE_LIMIT_BYTES) return true;
  if (body.length * WORST_ESCAPE_BYTES + HEAD_ALLOWANCE_BYTES <= INVOKE_LIMIT_BYTES) return false;
  return Buffer.byteLength(JSON.stringify(event)) > INVOKE_LIMIT_BYTES;
}
