/** Size of every request's body, bytes: with the table's own attributes it stays near one write unit (F43). */
export const ENTRY_BYTES = 1_024;

const MIDDLE = '","title":"Benchmark","year":2026,"attributes":{"filler":"';
const TAIL = '"}}';
const FILLER = 'x'.repeat(ENTRY_BYTES);

/** Body of a valid entry of {@link ENTRY_BYTES} with this id, which has to be ASCII that JSON leaves as it is. */
export function entryBody(id: string): string {
  const head = `{"id":"${id}${MIDDLE}`;
  return head + FILLER.slice(0, ENTRY_BYTES - head.length - TAIL.length) + TAIL;
}
