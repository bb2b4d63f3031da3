import { parseEntryText } from '@spillway/shared';
import { payloadRange, payloadSizes, type PayloadSize } from './payload-size.ts';

/** What the entries of a step have in common. `payloadBytes`: bytes of a request's body. */
export interface EntryPlan {
  readonly runId: string;
  readonly stepName: string;
  readonly payloadBytes: PayloadSize;
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

/** A payload whose entry no table stores: every such request would be refused, which measures nothing. */
export class EntryTooLargeError extends Error {
  readonly code = 'ENTRY_TOO_LARGE';
  readonly payloadBytes: number;

  /** @param problem what the entry's schema says of it */
  constructor(stepName: string, payloadBytes: number, problem: string) {
    super(
      `step ${stepName}: payloadBytes ${payloadBytes}: the entry ${problem} in a DynamoDB item; ask for less`,
    );
    this.name = 'EntryTooLargeError';
    this.payloadBytes = payloadBytes;
  }
}

const FILLER = 'a load-test entry carries this text to be as large as asked; ';

/**
 * Sequence → body of a valid, unique entry of as many bytes as `payloadBytes` says for it, id
 * `loadtest.<runId>.<stepName>.<sequence>`. A size drawn too small to hold an entry (log-normal ones only) is raised
 * to the smallest that does. The filler is made once: an entry costs one slice of it and one concatenation.
 * @throws EntryTooSmallError when a size asked for can't hold the fixed parts
 * @throws EntryTooLargeError when the largest makes an item above DynamoDB's limit (F42)
 */
export function entryFactory(plan: EntryPlan): (sequence: number) => string {
  const head = `{"id":"loadtest.${plan.runId}.${plan.stepName}.`;
  const middle = '","title":"Load test","year":2026,"attributes":{"filler":"';
  const tail = '"}}';
  const { smallestBytes, largestBytes } = payloadRange(plan.payloadBytes);
  const fixedBytes = Buffer.byteLength(head + middle + tail);
  const minimumBytes = fixedBytes + String(Math.max(0, plan.count - 1)).length;
  if (smallestBytes < minimumBytes) throw new EntryTooSmallError(plan.stepName, smallestBytes, minimumBytes);

  const filler = flat(middle + FILLER.repeat(Math.ceil(largestBytes / FILLER.length)));
  const sizeOf = payloadSizes(plan.payloadBytes, plan.count);
  const entryOf = (sequence: number, payloadBytes: number) => {
    const digits = String(sequence);
    const fillerBytes = Math.max(minimumBytes, payloadBytes) - fixedBytes - digits.length;
    return head + digits + filler.slice(0, middle.length + fillerBytes) + tail;
  };
  refuseTooLarge(plan.stepName, largestBytes, entryOf(0, largestBytes));
  return (sequence) => entryOf(sequence, sizeOf(sequence));
}

function refuseTooLarge(stepName: string, payloadBytes: number, largest: string): void {
  const parsed = parseEntryText(largest);
  if (parsed.ok || parsed.reason !== 'too-large') return;
  throw new EntryTooLargeError(stepName, payloadBytes, parsed.issues[0]?.message ?? 'is too large');
}

/** One string in one piece: slices of a rope would each have to put it together first. */
function flat(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}
