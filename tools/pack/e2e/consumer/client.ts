import { createClient, type Client, type IngestResult } from '@spillway/client';

const entry = { id: '12', title: 'kkkg', year: 2023 };

/** A stage that accepts everything; every Node and browser has its classes. */
const accept: typeof fetch = async () => Response.json({ message: 'Successfully inserted data!' });

export const client: Client = createClient({ url: 'https://api.example.com/prod', fetch: accept });

export const reasonOf = (result: IngestResult) => (result.ok ? 'none' : result.reason);

/** As most programs have their data: an interface, which has no index signature. */
interface Film {
  readonly id: string;
  readonly title: string;
  readonly year: number;
  readonly attributes: Credits;
}
interface Credits {
  readonly director: string;
}
const film: Film = { id: '13', title: 'kkkg', year: 2023, attributes: { director: 'x' } };

const url = 'https://api.example.com/prod';
const sigV4 = { region: 'eu-west-1', credentials: { accessKeyId: 'id', secretAccessKey: 'secret' } };

/** A client with the platform's own fetch, which stands in for a stage meanwhile, and how its request was signed. */
async function sendSigned() {
  const platform = globalThis.fetch;
  let authorization: string | null = null;
  globalThis.fetch = async (_input, init) => {
    authorization = new Headers(init?.headers).get('authorization');
    return accept(url);
  };
  try {
    const { ok } = await createClient({ url, auth: { sigV4 } }).ingest(film);
    return { ok, authorization };
  } finally {
    globalThis.fetch = platform;
  }
}

async function streamFilms() {
  const results: AsyncGenerator<unknown, void> = client.stream([film]);
  let count = 0;
  for await (const result of results) count += result ? 1 : 0;
  return count;
}

export async function clientFacts() {
  return {
    sent: await client.ingest(entry),
    signed: await sendSigned(),
    streamed: await streamFilms(),
    // @ts-expect-error a year is needed
    refused: reasonOf(await client.ingest({ id: '12', title: 'kkkg' })),
  };
}
