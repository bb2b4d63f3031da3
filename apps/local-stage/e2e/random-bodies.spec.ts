import fc from 'fast-check';
import { isUtf8 } from 'node:buffer';
import { parseBatchText, parseEntry, parseEntryText, type BatchResponse } from '@spillway/shared';
import { batchBodies, contentTypes, entryBodies } from './__fixtures__/random-bodies.ts';
import { startIngestStage, type IngestStage } from './ingest-stage.ts';
import { synthesizeStages, type IngestTemplates } from './ingest-stages.ts';

/** Bodies of each kind to each API; a failure says the seed that repeats it. */
const RUNS = { numRuns: 400 };
/** Entries that each test has stored or found stored, a third of what it comes to: or it would hardly have tried the table. */
const LEAST_STORED = 10;
const LIMIT_MS = 120_000;
const UNLIMITED_ACCOUNT = ['--account-rate=1000000', '--account-burst=1000000'];

let templates: IngestTemplates;
beforeAll(() => {
  const open = { auth: 'none', batchShare: 1 };
  // No body is to be throttled, nor any of those that the search for a smaller one sends after a failure.
  const limits = { rateLimit: 1_000_000, burstLimit: 1_000_000 };
  templates = synthesizeStages({ rest: { ...open, api: 'rest' }, http: { ...open, api: 'http' } }, limits);
});
afterAll(() => templates?.dispose());

describe.each(['rest', 'http'])('a stage of kind %s', (kind) => {
  let stage: IngestStage;
  /** Entries that were acknowledged, as they were sent, by id. */
  const acknowledged = new Map<string, unknown>();
  beforeAll(async () => {
    stage = await startIngestStage(templates.fileOf(kind), ...UNLIMITED_ACCOUNT);
  });
  afterAll(() => stage?.stop());

  async function send(path: '/' | '/batch', body: Uint8Array, contentType: string | undefined) {
    const headers = contentType === undefined ? {} : { 'content-type': contentType };
    const url = `${stage.baseUrl.replace(/\/$/, '')}${path === '/' ? '' : path}`;
    const response = await fetch(url, { method: 'POST', body: Buffer.from(body), headers });
    return { status: response.status, text: await response.text() };
  }

  async function expectStored(sent: unknown): Promise<void> {
    const entry = asStored(sent);
    expect(await storedEntry(stage, entry.id)).toEqual(entry);
    expect(acknowledged.get(entry.id) ?? entry).toEqual(entry);
    acknowledged.set(entry.id, entry);
  }

  /** Only other content under an id that was acknowledged may be refused as a conflict. */
  function expectConflict(sent: unknown): void {
    const entry = asStored(sent);
    expect([...acknowledged.keys()]).toContain(entry.id);
    expect(acknowledged.get(entry.id)).not.toEqual(entry);
  }

  /** The table holds what was acknowledged, nothing else, and nothing that the schema refuses. */
  async function expectTable(): Promise<void> {
    const items = (await stage.items()).map(entryOf);
    expect(new Map(items.map((item) => [item['id'], item]))).toEqual(acknowledged);
    expect(items).toHaveLength(acknowledged.size);
    expect(items.filter((item) => !parseEntry(item).ok)).toEqual([]);
  }

  it(
    'takes of random bodies to / what the schema takes, answers none with 5xx, and stores that alone',
    async () => {
      let stored = 0;
      await fc.assert(
        fc.asyncProperty(entryBodies, contentTypes, async (body, contentType) => {
          const { status } = await send('/', body, contentType);
          const text = handOn(body, kind, contentType);
          const isTaken = text !== null && parseEntryText(text).ok;
          expect(isTaken ? [200, 409] : [400, 413]).toContain(status);
          if (!isTaken) return;
          if (status === 409) return expectConflict(JSON.parse(text));
          await expectStored(JSON.parse(text));
          stored += 1;
        }),
        RUNS,
      );
      expect(stored).toBeGreaterThanOrEqual(LEAST_STORED);
      await expectTable();
    },
    LIMIT_MS,
  );

  it(
    'takes of random bodies to /batch the entries that the schema takes, answers none with 5xx, and stores those alone',
    async () => {
      let stored = 0;
      await fc.assert(
        fc.asyncProperty(batchBodies, contentTypes, async (body, contentType) => {
          const { status, text: answer } = await send('/batch', body, contentType);
          const text = handOn(body, kind, contentType);
          const batch = text === null ? null : parseBatchText(text);
          expect(batch?.ok ? [200, 207] : [400, 413]).toContain(status);
          if (text === null || !batch?.ok) return;
          const { outcomes } = JSON.parse(answer) as BatchResponse;
          expect(outcomes).toHaveLength(batch.entries.length);
          const sent = (JSON.parse(text) as { entries: unknown[] }).entries;
          for (const [index, outcome] of outcomes.entries()) {
            const wanted = batch.entries[index]?.ok ? ['accepted', 'conflict'] : ['invalid', 'too-large'];
            expect(wanted).toContain(outcome.status);
            if (outcome.status === 'conflict') expectConflict(sent[index]);
            if (outcome.status !== 'accepted') continue;
            await expectStored(sent[index]);
            stored += 1;
          }
        }),
        RUNS,
      );
      expect(stored).toBeGreaterThanOrEqual(LEAST_STORED);
      await expectTable();
    },
    LIMIT_MS,
  );
});

async function storedEntry(stage: IngestStage, id: string): Promise<unknown> {
  return entryOf((await stage.itemOf(id)) ?? {});
}

/** The item without what the service adds to an entry. */
function entryOf(item: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).filter(([name]) => name !== 'contentHash'));
}

/**
 * The body's text as the function gets it; null for bytes that are none. HTTP APIs hand on what they don't take for text
 * as it came, so that the function sees what is no UTF-8. Otherwise that comes out of the gateway as U+FFFD; that AWS's
 * does so too is unverified.
 */
function handOn(body: Uint8Array, kind: string, contentType: string | undefined): string | null {
  const isText = kind === 'rest' || /json|text/.test(contentType ?? '');
  return isText || isUtf8(body) ? Buffer.from(body).toString('utf8') : null;
}

/** An entry as the table has it: `year` a number, and no −0, which a table doesn't know. */
function asStored(sent: unknown): { readonly id: string } {
  const { id, year, ...entry } = JSON.parse(JSON.stringify(sent)) as { id: string; year: string | number };
  return { ...entry, id, year: Number(year) } as { readonly id: string };
}
