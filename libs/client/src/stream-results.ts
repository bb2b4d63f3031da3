import { createGrouping } from './group-entries.ts';
import type { Clock } from './clock.ts';
import type { IngestResult, StreamResult } from './ingest-result.ts';
import { openSource } from './stream-source.ts';

/** What a stream needs of its client. */
export interface StreamParts {
  readonly clock: Clock;
  /** Most entries that are read and not taken. */
  readonly maxPending: number;
  /** Undefined: no batches. `size` is at most `maxPending`. */
  readonly batch: { readonly size: number; readonly lingerMs: number } | undefined;
  readonly signal: AbortSignal | undefined;
  /** Sends entries and tells the result of each by its place among them; never throws. */
  send(
    entries: readonly unknown[],
    signal: AbortSignal,
    settle: (index: number, result: IngestResult) => void,
  ): Promise<void>;
}

/** Reads, sends and reports; nothing is read before the first result is asked for. */
export async function* streamResults<Input>(
  iterable: AsyncIterable<Input> | Iterable<Input>,
  { clock, maxPending, batch, signal, send }: StreamParts,
): AsyncGenerator<StreamResult<Input>, void, undefined> {
  const source = openSource(iterable);
  const news = createNews();
  const stop = new AbortController();
  const known: StreamResult<Input>[] = [];
  /** Read, and its result not taken. */
  let pending = 0;
  let isReadOut = false;
  let failure: { readonly error: unknown } | null = null;

  const { size, lingerMs } = batch ?? { size: 1, lingerMs: 0 };
  const grouping = createGrouping<Omit<StreamResult<Input>, 'result'>>(clock, size, lingerMs, (items) => {
    const inputs = items.map(({ input }) => input);
    void send(inputs, stop.signal, (place, result) => {
      const item = items[place];
      if (item) known.push({ ...item, result });
      news.tell();
    });
  });
  const endReading = () => {
    isReadOut = true;
    grouping.flush();
    news.tell();
  };
  const abort = () => {
    stop.abort();
    endReading();
  };
  const read = async () => {
    for (let index = 0; !stop.signal.aborted;) {
      // Read on only when the batch at hand can fill: one sent for each result that is taken would be a request an entry.
      if (maxPending - pending < grouping.room()) {
        await news.next();
        continue;
      }
      const step = await source.next();
      if (step.done) return;
      // What comes after the end is read all the same: it is reported as aborted, as long as anybody listens.
      pending += 1;
      grouping.add({ index, input: step.value });
      index += 1;
    }
  };

  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted) abort();
  void read()
    .catch((error: unknown) => (failure = { error }))
    .finally(endReading);
  try {
    while (!isReadOut || pending > 0) {
      const result = known.shift();
      if (result) {
        pending -= 1;
        news.tell();
        yield result;
      } else await news.next();
    }
  } finally {
    signal?.removeEventListener('abort', abort);
    abort();
    await source.close();
  }
  throwFailure(failure);
}

function throwFailure(failure: { readonly error: unknown } | null): void {
  if (failure) throw failure.error;
}

/** Wakes whoever waits for something to change. */
function createNews() {
  let waiting: (() => void)[] = [];
  return {
    next: () => new Promise<void>((resolve) => waiting.push(resolve)),
    tell: () => {
      const all = waiting;
      waiting = [];
      for (const wake of all) wake();
    },
  };
}
