import type { Entry } from '@spillway/shared';
import type { Setback, Verdict } from './answer.ts';
import type { IngestResult } from './ingest-result.ts';

/** One entry on its way. */
export interface Parcel {
  readonly entry: Entry;
  /** Its JSON, written once: what the caller changes later is not sent. */
  readonly text: string;
  /** Told once, when it is known. */
  readonly settle: (result: IngestResult) => void;
}

/** A parcel that is not settled, and what is known of it. */
export interface OpenParcel {
  readonly parcel: Parcel;
  /** Requests that carried it. */
  readonly attempts: number;
  /** The last of them that failed. */
  readonly setback: Setback | null;
}

/** Settles a parcel as its verdict says, or keeps it with the setback. */
export function settleOrKeep(open: OpenParcel, verdict: Verdict | undefined): readonly OpenParcel[] {
  const { parcel, attempts, setback } = open;
  if (!verdict || verdict.next === 'split') return [open];
  // Signed anew and refused again: once is enough.
  const isRefusedTwice = isForbidden(verdict) && setback !== null && isForbidden(setback);
  if (verdict.next === 'retry' && !isRefusedTwice) {
    const mayBeStored = verdict.mayBeStored || setback?.mayBeStored === true;
    return [{ ...open, setback: { ...verdict, mayBeStored } }];
  }
  if (verdict.next === 'done') {
    parcel.settle({ ok: true, entry: parcel.entry, attempts });
    return [];
  }
  const { message } = verdict;
  if (verdict.next === 'refuse') {
    const { reason, issues } = verdict;
    parcel.settle({ ok: false, reason, message, issues, attempts, mayBeStored: false });
    return [];
  }
  // An entry that is in conflict is not stored, whatever an earlier attempt left unknown: another has its id.
  const mayBeStored =
    verdict.reason !== 'conflict' && (verdict.mayBeStored === true || setback?.mayBeStored === true);
  parcel.settle({ ok: false, reason: verdict.reason, message, attempts, mayBeStored, ...found(verdict) });
  return [];
}

function isForbidden(verdict: Verdict): boolean {
  return verdict.next === 'retry' && verdict.reason === 'forbidden';
}

/** Another attempt does not fit into the deadline: the parcel ends with its last setback. */
export function giveUp({ parcel, attempts, setback }: OpenParcel): void {
  const { reason, message, mayBeStored } = setback ?? NOT_SENT;
  parcel.settle({ ok: false, reason, message, attempts, mayBeStored, ...(setback && found(setback)) });
}

/** The caller's signal came first. */
export function abandon({ parcel, attempts, setback }: OpenParcel): void {
  const mayBeStored = setback?.mayBeStored === true;
  parcel.settle({ ok: false, reason: 'aborted', message: 'aborted by the caller', attempts, mayBeStored });
}

/** The call ended while the parcel was under way. */
export function leaveUnanswered(open: OpenParcel): OpenParcel {
  const message = 'no answer before the deadline';
  return { ...open, setback: { next: 'retry', reason: 'deadline', message, mayBeStored: true } };
}

/** The call ended while the next request with the parcel was signed. */
export function leaveUnsigned(open: OpenParcel): OpenParcel {
  const message = 'not signed before the deadline: no credentials yet';
  const mayBeStored = open.setback?.mayBeStored === true;
  return { ...open, setback: { next: 'retry', reason: 'deadline', message, mayBeStored } };
}

const NOT_SENT = { reason: 'deadline', message: 'not sent before the deadline', mayBeStored: false } as const;

function found({
  status,
  retryAfterMs,
}: {
  readonly status?: number | undefined;
  readonly retryAfterMs?: number | undefined;
}) {
  return {
    ...(status === undefined ? {} : { status }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}
