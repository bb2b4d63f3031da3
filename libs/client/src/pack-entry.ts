import { parseEntry, type Entry, type RefusedEntry } from '@spillway/shared';
import type { IngestRefusal, IngestResult } from './ingest-result.ts';
import type { Parcel } from './open-parcel.ts';

/** An entry ready to be sent, or why it need not be: checked by the rules of the service, before it costs a request. */
export type Packed = { readonly ok: true; readonly entry: Entry; readonly text: string } | IngestRefusal;

/** Never throws, whatever the value. */
export function packEntry(value: unknown): Packed {
  const parsed = parseEntry(value);
  if (!parsed.ok) return refuse(parsed);
  try {
    return { ok: true, entry: parsed.entry, text: JSON.stringify(parsed.entry) };
  } catch {
    // It was read once, and throws now: a getter's way.
    const issues = [{ path: '$', message: 'throws when it is read; want plain data' }];
    return refuse({ reason: 'invalid', issues, isCut: false });
  }
}

function refuse({ reason, issues, isCut }: Omit<RefusedEntry, 'ok'>): IngestRefusal {
  const [first] = issues;
  const more = issues.length > 1 || isCut ? ', and more' : '';
  const message = `not sent: ${first?.path ?? '$'} ${first?.message ?? 'is no entry'}${more}`;
  return { ok: false, reason, message, issues, attempts: 0, mayBeStored: false };
}

/** A parcel for each entry that can be sent; the others are settled at once. */
export function packAll(
  values: readonly unknown[],
  settle: (index: number, result: IngestResult) => void,
): readonly Parcel[] {
  // Array.from knows no holes: a missing entry is an invalid one.
  return Array.from(values).flatMap((value, index) => {
    const packed = packEntry(value);
    if (packed.ok) {
      return [
        { entry: packed.entry, text: packed.text, settle: (result: IngestResult) => settle(index, result) },
      ];
    }
    settle(index, packed);
    return [];
  });
}
