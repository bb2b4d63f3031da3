import { MAX_BATCH_ENTRIES, type BatchResponse } from '@spillway/shared';
import fc from 'fast-check';
import {
  base64,
  httpBatchEvent,
  httpEvent,
  restBatchEvent,
  restEvent,
} from './__fixtures__/gateway-events.ts';
import { createMemoryStore } from './__fixtures__/memory-store.ts';
import { recordParts } from './__fixtures__/recording-parts.ts';
import { withoutNegativeZero } from './__fixtures__/without-negative-zero.ts';
import { StoreUnavailableError, type EntryStore } from './entry-store.ts';

const entryOf = (id: string) => ({ id, title: 't', year: '2023' });
const batchOf = (...entries: readonly unknown[]) => JSON.stringify({ entries });

/** A store that does with an entry what its id says. */
const scripted: EntryStore = {
  async put({ id }) {
    if (id.startsWith('down')) throw new StoreUnavailableError('ThrottlingException', undefined);
    if (id.startsWith('away')) throw new StoreUnavailableError('ECONNREFUSED', undefined);
    if (id.startsWith('broken')) throw Object.assign(new Error('secret'), { name: 'AccessDeniedException' });
    if (id.startsWith('odd')) throw new TypeError('secret');
    return id.startsWith('taken') ? 'conflict' : 'stored';
  },
};
const outcomesOf = (body: string) => (JSON.parse(body) as BatchResponse).outcomes.map(({ status }) => status);

describe('answerRoute of POST /batch', () => {
  it.each([
    ['format 1.0', restBatchEvent(batchOf(entryOf('a'), entryOf('b')))],
    ['format 1.0, base64', restBatchEvent(base64(batchOf(entryOf('a'), entryOf('b'))), true)],
    ['format 2.0', httpBatchEvent(batchOf(entryOf('a'), entryOf('b')))],
    ['format 2.0, base64', httpBatchEvent(base64(batchOf(entryOf('a'), entryOf('b'))), true)],
  ])('stores the entries of an event of %s', async (_name, event) => {
    const store = createMemoryStore();
    expect(await recordParts(store).send(event)).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
      body: '{"outcomes":[{"status":"accepted"},{"status":"accepted"}]}',
    });
    expect([...store.entries.keys()]).toEqual(['a', 'b']);
  });

  it.each<[number, string, string[], Record<string, number>]>([
    [200, 'all are accepted', ['a', 'b'], { EntryAccepted: 2 }],
    [207, 'one is not', ['a', 'taken', 'b'], { EntryAccepted: 2, EntryConflict: 1 }],
    [207, 'none is, for reasons of their own', ['taken', ''], { EntryConflict: 1, EntryInvalid: 1 }],
    [207, 'some are to be repeated', ['a', 'down'], { EntryAccepted: 1, StoreUnavailable: 1 }],
    [207, 'the rest is to be repeated', ['', 'down'], { EntryInvalid: 1, StoreUnavailable: 1 }],
    [207, 'the rest failed', ['', 'broken'], { EntryInvalid: 1, RequestFailed: 1 }],
    [503, 'all are to be repeated', ['down 1', 'down 2'], { StoreUnavailable: 2 }],
    [500, 'all failed', ['broken 1', 'broken 2'], { RequestFailed: 2 }],
    [500, 'all failed or are to be repeated', ['down', 'broken'], { StoreUnavailable: 1, RequestFailed: 1 }],
  ])('answers %i when %s, and counts the entries by outcome', async (statusCode, _case, ids, counts) => {
    const { send, metrics, flushes } = recordParts(scripted);
    const response = await send(restBatchEvent(batchOf(...ids.map(entryOf))));
    expect(response.statusCode).toBe(statusCode);
    expect(response.headers['retry-after']).toBe(statusCode === 503 ? '1' : undefined);
    expect(outcomesOf(response.body)).toHaveLength(ids.length);
    expect({ metrics, flushes: flushes() }).toEqual({ metrics: { Batch: 1, ...counts }, flushes: 1 });
  });

  it('lists the issues of each entry, with paths that start at the batch', async () => {
    const { send } = recordParts(createMemoryStore());
    const response = await send(restBatchEvent(batchOf(entryOf('a'), { ...entryOf('b'), year: 'x' })));
    expect(JSON.parse(response.body)).toEqual({
      outcomes: [
        { status: 'accepted' },
        {
          status: 'invalid',
          issues: [{ path: '$.entries[1].year', message: expect.stringMatching(/^is "x"; want a whole/) }],
        },
      ],
    });
  });

  it('logs each kind of trouble once, with how many entries it befell', async () => {
    const { send, logs } = recordParts(scripted);
    const ids = ['down 1', 'broken 1', 'ok', 'down 2', 'away', 'odd', 'broken 2', 'down 3'];
    const response = await send(restBatchEvent(batchOf(...ids.map(entryOf))));
    const request = { requestId: 'lambda-1', gatewayRequestId: 'gateway-1' };
    expect(logs.map(({ level, extra }) => [level, extra])).toEqual([
      ['warn', { ...request, reason: 'ThrottlingException', entries: 3 }],
      [
        'error',
        { ...request, error: expect.objectContaining({ name: 'AccessDeniedException' }), entries: 2 },
      ],
      ['warn', { ...request, reason: 'ECONNREFUSED', entries: 1 }],
      ['error', { ...request, error: expect.objectContaining({ name: 'TypeError' }), entries: 1 }],
    ]);
    expect(response.body).not.toMatch(/secret/);
  });

  it.each([
    ['no body', restBatchEvent(null), '$', 'is empty; want a JSON object'],
    ['what is not base64', restBatchEvent('{', true), '$', 'is not base64'],
    ['what is not UTF-8', httpBatchEvent(base64(Uint8Array.of(0xff)), true), '$', 'is not UTF-8'],
    ['a single entry', restBatchEvent('{"id":"1"}'), '$.entries', /^is missing/],
    ['no entries', httpBatchEvent('{"entries":[]}'), '$.entries', /^has 0 entries/],
  ])('answers 400 to %s, and asks nothing of the table', async (_name, event, path, message) => {
    const { send, metrics } = recordParts(scripted);
    const response = await send(event);
    expect(response.statusCode).toBe(400);
    const text = typeof message === 'string' ? message : expect.stringMatching(message);
    expect(JSON.parse(response.body)).toMatchObject({ message: 'Invalid batch' });
    expect(JSON.parse(response.body).issues).toContainEqual({ path, message: text });
    expect(metrics).toEqual({ Batch: 1, RequestRefused: 1 });
  });

  it('answers 413 to more than 5 MB', async () => {
    const { send, metrics } = recordParts(scripted);
    const response = await send(httpBatchEvent(' '.repeat(5 * 1_024 * 1_024 + 1)));
    expect(response.statusCode).toBe(413);
    expect(JSON.parse(response.body)).toMatchObject({ message: 'Batch too large', issues: [{ path: '$' }] });
    expect(metrics).toEqual({ Batch: 1, RequestRefused: 1 });
  });

  it('answers before the function times out, whatever the table does', async () => {
    const store: EntryStore = {
      put: (_entry, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new StoreUnavailableError('aborted', undefined)));
        }),
    };
    const { send } = recordParts(store);
    const remainingMs = 550;
    expect((await send(restBatchEvent(batchOf(entryOf('a'), entryOf('b'))), remainingMs)).statusCode).toBe(
      503,
    );
    expect((await send(restEvent(JSON.stringify(entryOf('a'))), remainingMs)).statusCode).toBe(503);
  });

  it('answers the worst of batches in less than the 6 MB a function may return (F37)', async () => {
    // Deep below names of quotes, of which each takes eight bytes in the answer's JSON inside JSON.
    for (const name of ['"'.repeat(70), '\u0001'.repeat(70), '€'.repeat(70)]) {
      let value: unknown = { [name]: Array.from({ length: 30 }, () => -1e300) };
      for (let level = 0; level < 28; level++) value = { [name]: value };
      const entry = { ...entryOf('a'), attributes: value };
      const body = batchOf(...Array.from({ length: MAX_BATCH_ENTRIES }, () => entry));
      const response = await recordParts(createMemoryStore()).send(restBatchEvent(body));
      const [first] = (JSON.parse(response.body) as BatchResponse).outcomes;
      expect(first?.issues).toHaveLength(20);
      expect(Buffer.byteLength(JSON.stringify(response))).toBeLessThan(6 * 1_024 * 1_024);
    }
  });

  it('stores an escaped name as itself after another client sent another in its place', async () => {
    const texts = ['{"p":"x","\\"":2}', '{"p":[],"\\\\":0}', '{"p":"x","\\"":2}', '{"p":"x","\\n":2}'];
    const wanted = [
      { p: 'x', '"': 2 },
      { p: [], '\\': 0 },
      { p: 'x', '"': 2 },
      { p: 'x', '\n': 2 },
    ];
    const store = createMemoryStore();
    const { send } = recordParts(store);
    for (const [i, attributes] of texts.entries()) {
      const entry = (id: string) => `{"id":"${id}","title":"t","year":1,"attributes":${attributes}}`;
      expect((await send(restEvent(entry(`single ${i}`)))).statusCode).toBe(200);
      expect((await send(restBatchEvent(`{"entries":[${entry(`batch ${i}`)}]}`))).statusCode).toBe(200);
    }
    for (const [i, attributes] of wanted.entries()) {
      expect(store.entries.get(`single ${i}`)?.attributes).toEqual(attributes);
      expect(store.entries.get(`batch ${i}`)?.attributes).toEqual(attributes);
    }
  });

  it('measures the time that is left when the body is read', async () => {
    const order: string[] = [];
    const read = jest.spyOn(JSON, 'parse').mockImplementationOnce(() => {
      order.push('read');
      return { entries: [entryOf('a')] };
    });
    const { send } = recordParts(createMemoryStore());
    await send(restBatchEvent(batchOf(entryOf('a'))), () => order.push('measured') * 10_000);
    read.mockRestore();
    expect(order).toEqual(['read', 'measured']);
  });

  it('answers 5xx to no body, and stores what was sent and accepted, in either format', async () => {
    // By their text: to read it again with JSON.parse would make the same mistakes (nodejs/node#63785).
    const sentEntries = new Map<string, readonly unknown[]>();
    const name = fc.oneof(fc.string(), fc.constantFrom('\\', '"', '\n', '\\u0061', '0', 'a'));
    const entry = fc
      .tuple(fc.string(), fc.dictionary(name, fc.jsonValue({ maxDepth: 2 })))
      .map(([id, attributes]) => ({ ...entryOf(id), attributes }));
    const batch = fc
      .array(fc.oneof(fc.jsonValue(), fc.string().map(entryOf), entry), { maxLength: 12 })
      .map((entries) => {
        const text = batchOf(...entries);
        sentEntries.set(text, entries);
        return text;
      });
    const bodies = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('base64')),
      { weight: 3, arbitrary: batch },
    );
    const store = createMemoryStore();
    const { send, logs } = recordParts(store);
    await fc.assert(
      fc.asyncProperty(
        bodies,
        fc.boolean(),
        fc.constantFrom(restBatchEvent, httpBatchEvent),
        async (body, flag, event) => {
          const response = await send(event(body, flag));
          expect(response.statusCode).toBeLessThan(500);
          if (response.statusCode > 207) return;
          const text = flag ? Buffer.from(body, 'base64').toString() : body;
          const sent = sentEntries.get(text) ?? [];
          outcomesOf(response.body).forEach((status, i) => {
            if (status !== 'accepted') return;
            const { id, year, ...entry } = withoutNegativeZero(sent[i]) as {
              id: string;
              year: string | number;
            };
            expect(store.entries.get(id)).toEqual({ ...entry, id, year: Number(year) });
          });
        },
      ),
      { numRuns: 300 },
    );
    expect(store.entries.size).toBeGreaterThan(10);
    expect(logs).toEqual([]);
  });
});

describe('answerRoute of another path', () => {
  it.each([
    ['format 1.0', { ...restEvent('{}'), resource: '/other', path: '/other' }],
    ['format 2.0', { ...httpEvent('{}'), routeKey: '$default', rawPath: '/other' }],
    ['the name of a method', { ...restEvent('{}'), resource: '/{proxy+}', path: '__proto__' }],
  ])('answers 404: %s', async (_name, event) => {
    const { send, metrics, logs } = recordParts(scripted);
    expect(await send(event)).toEqual({
      statusCode: 404,
      headers: { 'content-type': 'application/json' },
      body: '{"message":"No such path; want / or /batch"}',
    });
    expect({ metrics, logs }).toEqual({ metrics: { RequestRefused: 1 }, logs: [] });
  });
});
