import { createClient, type Client, type IngestResult } from '@spillway/client';

const entry = { id: '12', title: 'kkkg', year: 2023 };

/** A stage that accepts everything; every Node and browser has its classes. */
const accept: typeof fetch = async () => Response.json({ message: 'Successfully inserted data!' });

export const client: Client = createClient({ url: 'https://api.example.com/prod', fetch: accept });

export const reasonOf = (result: IngestResult) => (result.ok ? 'none' : result.reason);

export async function clientFacts() {
  return {
    sent: await client.ingest(entry),
    // @ts-expect-error a year is needed
    refused: reasonOf(await client.ingest({ id: '12', title: 'kkkg' })),
  };
}
