import fc from 'fast-check';
import { base64, httpEvent, restEvent } from './__fixtures__/gateway-events.ts';
import { createMemoryStore } from './__fixtures__/memory-store.ts';
import { recordParts } from './__fixtures__/recording-parts.ts';
import { StoreUnavailableError, type EntryStore } from './entry-store.ts';

const sample = '{"year":"2023","title":"kkkg","id":"12"}';
const failing = (error: unknown): EntryStore => ({ put: () => Promise.reject(error) });

describe('createRequestHandler', () => {
  it.each([
    ['format 1.0', restEvent(sample)],
    ['format 1.0, base64', restEvent(base64(sample), true)],
    ['format 2.0', httpEvent(sample)],
    ['format 2.0, base64', httpEvent(base64(sample), true)],
  ])('stores the entry of an event of %s', async (_name, event) => {
    const store = createMemoryStore();
    const { send } = recordParts(store);
    expect(await send(event)).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
      body: '{"message":"Successfully inserted data!"}',
    });
    expect([...store.entries.values()]).toEqual([{ id: '12', title: 'kkkg', year: 2023 }]);
  });

  it('answers a repeat like the first, whatever its order and spelling', async () => {
    const store = createMemoryStore();
    const { send } = recordParts(store);
    const first = await send(restEvent(sample));
    expect(await send(restEvent('{ "id": "12", "title": "kkk\\u0067", "year": 2023 }'))).toEqual(first);
    expect(store.entries.size).toBe(1);
  });

  it('answers 409 to other content under the same id, and keeps the first', async () => {
    const store = createMemoryStore();
    const { send } = recordParts(store);
    await send(restEvent(sample));
    expect(await send(restEvent('{"id":"12","title":"other","year":2023}'))).toMatchObject({
      statusCode: 409,
    });
    expect(store.entries.get('12')?.title).toBe('kkkg');
  });

  it.each([
    ['no body in format 1.0', restEvent(null), 'is empty; want a JSON object'],
    ['no body in format 2.0', httpEvent(), 'is empty; want a JSON object'],
    ['an empty base64 body', restEvent('', true), 'is empty; want a JSON object'],
    ['what is not base64', restEvent('{"id":1}', true), 'is not base64'],
    ['base64 without its padding', restEvent(base64(`${sample} `).replace(/=+$/, ''), true), 'is not base64'],
    ['what is not UTF-8', restEvent(base64(Uint8Array.of(0x7b, 0xff, 0x7d)), true), 'is not UTF-8'],
    ['a byte order mark', restEvent(base64(`\ufeff${sample}`), true), /^is not JSON/],
    ['what is not JSON', restEvent('id=12'), /^is not JSON/],
    ['JSON that is no object', restEvent('[]'), /^is an array/],
  ])('answers 400 to %s', async (_name, event, message) => {
    const response = await recordParts(createMemoryStore()).send(event);
    expect(response.statusCode).toBe(400);
    expect(JSON.parse(response.body)).toEqual({
      message: 'Invalid entry',
      issues: [
        { path: '$', message: typeof message === 'string' ? message : expect.stringMatching(message) },
      ],
    });
  });

  it('lists the issues of an invalid entry, and says when there are more', async () => {
    const { send } = recordParts(createMemoryStore());
    const bad = await send(restEvent('{"id":"","year":2023}'));
    expect(JSON.parse(bad.body).issues.map(({ path }: { path: string }) => path)).toEqual([
      '$.id',
      '$.title',
    ]);
    const names = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`x${i}`, 1]));
    const worse = await send(restEvent(JSON.stringify(names)));
    expect(JSON.parse(worse.body).message).toBe('Invalid entry; the first 20 issues');
  });

  it('answers 413 to an entry larger than an item', async () => {
    const response = await recordParts(createMemoryStore()).send(
      restEvent(JSON.stringify({ id: '1', title: 'x'.repeat(409_600), year: 1 })),
    );
    expect(response.statusCode).toBe(413);
    expect(JSON.parse(response.body).issues).toHaveLength(1);
  });

  it('answers 503 with Retry-After while the table is unavailable, and logs why in one line', async () => {
    const { send, logs } = recordParts(
      failing(new StoreUnavailableError('ThrottlingException', new Error('x'))),
    );
    const response = await send(restEvent(sample));
    expect(response).toMatchObject({ statusCode: 503, headers: { 'retry-after': '1' } });
    expect(logs).toEqual([
      {
        level: 'warn',
        message: expect.stringMatching(
          /^table unavailable: ThrottlingException; want .*; repeat the request$/,
        ),
        extra: {
          requestId: 'lambda-1',
          gatewayRequestId: 'gateway-1',
          reason: 'ThrottlingException',
          error: new Error('x'),
        },
      },
    ]);
  });

  it.each([
    ['an error', new Error('secret'), /secret/],
    ['anything else', 'secret', /secret/],
  ])(
    'answers 500 without detail when %s is thrown; the log has it with the request ids',
    async (_n, thrown, text) => {
      const { send, logs } = recordParts(failing(thrown));
      const response = await send(restEvent(sample));
      expect(response).toMatchObject({ statusCode: 500, body: '{"message":"Internal server error"}' });
      expect(logs).toEqual([
        {
          level: 'error',
          message: 'request failed',
          extra: {
            requestId: 'lambda-1',
            gatewayRequestId: 'gateway-1',
            error: expect.objectContaining({ message: expect.stringMatching(text) }),
          },
        },
      ]);
    },
  );

  it.each([undefined, null, 'x', {}, { body: 1, requestContext: {} }, { body: sample }])(
    'answers 500 to what no gateway sends: %p',
    async (event) => {
      const { send, logs } = recordParts(createMemoryStore());
      expect(await send(event)).toMatchObject({ statusCode: 500 });
      expect(logs).toMatchObject([{ extra: { error: { code: 'PROXY_EVENT_INVALID' } } }]);
    },
  );

  it.each<[string, EntryStore, string, number]>([
    ['EntryAccepted', createMemoryStore(), sample, 0],
    ['EntryConflict', { put: async () => 'conflict' }, sample, 0],
    ['EntryInvalid', createMemoryStore(), '', 0],
    ['EntryTooLarge', createMemoryStore(), `{"id":"1","title":"${'x'.repeat(409_600)}","year":1}`, 0],
    ['StoreUnavailable', failing(new StoreUnavailableError('x', undefined)), sample, 1],
    ['RequestFailed', failing(new Error('x')), sample, 1],
  ])('counts %s, in one flush', async (metric, store, body, logLines) => {
    const { send, metrics, logs, flushes } = recordParts(store);
    await send(restEvent(body));
    expect({ metrics, flushes: flushes(), logLines: logs.length }).toEqual({
      metrics: { [metric]: 1 },
      flushes: 1,
      logLines,
    });
  });

  it('never answers 5xx to any body, in either format', async () => {
    const bodies = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('base64')),
    );
    const { send } = recordParts(createMemoryStore());
    await fc.assert(
      fc.asyncProperty(
        bodies,
        fc.boolean(),
        fc.constantFrom(restEvent, httpEvent),
        async (body, flag, event) => {
          expect((await send(event(body, flag))).statusCode).toBeLessThan(500);
        },
      ),
    );
  });
});
