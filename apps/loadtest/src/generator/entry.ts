/** What the entries of a step have in common. `payloadBytes`: bytes of a request's body. */
export interface EntryPlan {
  readonly runId: string;
  readonly stepName: string;
  readonly payloadBytes: number;
  /** Entries that will be asked for; the largest sequence must still fit the payload. */
  readonly count: number;
}

/** A payload too small to hold an entry; the message says the smallest one that does. */
export class EntryTooSmallError extends Error {
  readonly code = 'ENTRY_TOO_SMALL';
  readonly payloadBytes: number;
  readonly minimumBytes: number;

  constructor(stepName: string, payloadBytes: number, minimumBytes: number) {
    super(
      `step ${stepName}: payloadBytes ${payloadBytes}, want ≥ ${minimumBytes} to hold an entry's id and title`,
    );
    this.name = 'EntryTooSmallError';
    this.payloadBytes = payloadBytes;
    this.minimumBytes = minimumBytes;
  }
}

const FILLER = 'a load-test entry carries this text to be as large as asked; ';

/**
 * Sequence → body of a valid, unique entry of exactly `payloadBytes`, id `loadtest.<runId>.<stepName>.<sequence>`.
 * Everything but the id is made once, so that an entry costs one concatenation.
 * @throws EntryTooSmallError when the payload can't hold the fixed parts
 */
export function entryFactory(plan: EntryPlan): (sequence: number) => string {
  const head = `{"id":"loadtest.${plan.runId}.${plan.stepName}.`;
  const middle = '","title":"Load test","year":2026,"attributes":{"filler":"';
  const tail = '"}}';
  const fixedBytes = Buffer.byteLength(head + middle + tail);
  const minimumBytes = fixedBytes + String(Math.max(0, plan.count - 1)).length;
  if (plan.payloadBytes < minimumBytes) {
    throw new EntryTooSmallError(plan.stepName, plan.payloadBytes, minimumBytes);
  }
  const filler = FILLER.repeat(Math.ceil(plan.payloadBytes / FILLER.length));
  const endings: string[] = [];
  return (sequence) => {
    const digits = String(sequence);
    const ending = (endings[digits.length] ??=
      middle + filler.slice(0, plan.payloadBytes - fixedBytes - digits.length) + tail);
    return head + digits + ending;
  };
}
