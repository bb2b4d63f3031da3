import { MAX_BATCH_ENTRIES } from '@spillway/shared';
import { openScope } from './call-scope.ts';
import type { CallOptions, ClientEntry, ClientOptions, StreamOptions } from './client-options.ts';
import { readCount, readDurationMs, readLingerMs, readSettings } from './client-settings.ts';
import { cutBatches, writeBatch } from './cut-batches.ts';
import { deliver, type Route } from './deliver.ts';
import type { IngestResult, StreamResult } from './ingest-result.ts';
import { judgeAnswer } from './judge-answer.ts';
import { judgeBatchAnswer } from './judge-batch-answer.ts';
import { packAll } from './pack-entry.ts';
import { createPostRequest } from './post-request.ts';
import { createSendGate } from './send-gate.ts';
import { streamResults } from './stream-results.ts';

/** Sends entries to one stage; its calls share what it knows of the stage's load. */
export interface Client {
  /** Sends one entry. */
  ingest(entry: ClientEntry, options?: CallOptions): Promise<IngestResult>;
  /**
   * Sends entries as batches, as many as their number and size need, side by side. Of several with the same id and
   * different content the first wins where they go in one batch; beyond that, which one wins is open.
   * @returns one result an entry, in their order
   */
  ingestBatch(entries: readonly ClientEntry[], options?: CallOptions): Promise<readonly IngestResult[]>;
  /**
   * Sends entries as the source yields them, and reads it no faster than results are known and taken. Leaving the loop,
   * or the signal, closes the source and aborts what is under way. Not reported is what the source hands over after
   * that, once the last result was taken: it was not sent.
   * @returns one result an entry, in the order in which they are known; an error of the source is thrown after the last
   */
  stream<Input extends ClientEntry>(
    source: AsyncIterable<Input> | Iterable<Input>,
    options?: StreamOptions,
  ): AsyncGenerator<StreamResult<Input>, void, undefined>;
}

/**
 * A client of one stage.
 * @throws ClientOptionsError for options that can't be meant; the calls, too, for theirs, and for nothing else
 */
export function createClient(options: ClientOptions): Client {
  const settings = readSettings(options);
  const { clock, random, maxInFlight } = settings;
  const post = createPostRequest(settings);
  // A gate each: the stage gives each of the two routes a bucket of its own (F4).
  const entryRoute: Route = {
    gate: createSendGate(clock, random, maxInFlight),
    clock,
    random,
    post: ([text = ''], call) => post('/', text, call),
    judge: (answer) => [judgeAnswer(answer)],
  };
  const batchRoute: Route = {
    gate: createSendGate(clock, random, maxInFlight),
    clock,
    random,
    post: (texts, call) => post('/batch', writeBatch(texts), call),
    judge: judgeBatchAnswer,
  };

  /** Entries in, one result an entry out; each is told as soon as it is known. */
  const send = async (
    route: Route,
    entries: readonly unknown[],
    call: CallOptions,
    settle: (index: number, result: IngestResult) => void,
  ): Promise<void> => {
    const deadlineMs = readDurationMs('deadlineMs', call.deadlineMs, settings.deadlineMs);
    const parcels = packAll(entries, settle);
    const batches =
      route === batchRoute ? cutBatches(parcels, ({ text }) => text) : parcels.map((one) => [one]);
    const scope = openScope(clock, deadlineMs, call.signal);
    await Promise.all(batches.map((batch) => deliver(route, scope, batch)));
    scope.close();
  };

  const ingestBatch = async (entries: readonly ClientEntry[], call: CallOptions = {}) => {
    const results = new Array<IngestResult>(entries.length);
    await send(batchRoute, entries, call, (index, result) => {
      results[index] = result;
    });
    return results;
  };

  return {
    ingest: (entry, call = {}) =>
      new Promise((resolve, reject) => {
        send(entryRoute, [entry], call, (_index, result) => resolve(result)).catch(reject);
      }),
    ingestBatch,
    stream: (source, { maxPending, batchLingerMs, deadlineMs, signal } = {}) => {
      const isBatched = batchLingerMs !== undefined;
      const route = isBatched ? batchRoute : entryRoute;
      const most = readCount('maxPending', maxPending, isBatched ? MAX_PENDING_IN_BATCHES : maxInFlight);
      // Checked here and not by the first entry: what is refused is the call.
      const call = { deadlineMs: readDurationMs('deadlineMs', deadlineMs, settings.deadlineMs) };
      return streamResults(source, {
        clock,
        maxPending: most,
        batch: isBatched
          ? {
              size: Math.min(MAX_BATCH_ENTRIES, most),
              lingerMs: readLingerMs('batchLingerMs', batchLingerMs),
            }
          : undefined,
        signal,
        send: (entries, stop, settle) => send(route, entries, { ...call, signal: stop }, settle),
      });
    },
  };
}

/** Four full batches: one is read while others are under way. */
const MAX_PENDING_IN_BATCHES = 4 * MAX_BATCH_ENTRIES;
