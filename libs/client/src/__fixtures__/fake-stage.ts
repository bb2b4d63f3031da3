import { ACCEPTED_MESSAGE, type BatchResponse, type EntryStatus } from '@spillway/shared';
import { createClient, type Client } from '../create-client.ts';
import { sleep } from '../call-scope.ts';
import type { ClientOptions } from '../client-options.ts';
import { FakeClock } from './fake-clock.ts';

/** What the stage got. */
export interface SeenRequest {
  readonly atMs: number;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
}

/** How the stage answers: a response, or an error of the network. */
export type Script = (request: SeenRequest, number: number) => Response | Error | Promise<Response | Error>;

/** Time a request takes, ms, unless the script takes more. */
export const LATENCY_MS = 20;

export const entry = (id: number | string, title = 'kkkg') => ({ id: String(id), title, year: 2023 });

/** An answer as the service or the gateway gives it. */
export function answer(
  status: number,
  message: string = status === 200 ? ACCEPTED_MESSAGE : 'words',
  headers: Record<string, string> = {},
): Response {
  return new Response(JSON.stringify({ message }), { status, headers });
}

/** The answer to a batch. */
export function batchAnswer(
  statuses: readonly EntryStatus[],
  headers: Record<string, string> = {},
): Response {
  const isWhole = statuses.every((status) => status === 'accepted');
  const body: BatchResponse = { outcomes: statuses.map((status) => ({ status })) };
  return new Response(JSON.stringify(body), { status: isWhole ? 200 : 207, headers });
}

/** Ids of the entries that a batch carries. */
export function idsOf({ body }: SeenRequest): readonly string[] {
  const { entries } = JSON.parse(body) as { entries: { id: string }[] };
  return entries.map(({ id }) => id);
}

export interface FakeStage {
  readonly client: Client;
  readonly clock: FakeClock;
  readonly seen: readonly SeenRequest[];
}

/** A client, and a stage behind its fetch that answers by script. */
export function startFakeStage(
  script: Script,
  options: Partial<ClientOptions> = {},
  clock = new FakeClock(),
): FakeStage {
  const seen: SeenRequest[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const signal = init?.signal ?? new AbortController().signal;
    const request = {
      atMs: clock.monotonicMs(),
      url: String(input),
      headers: new Headers(init?.headers),
      body: String(init?.body),
    };
    seen.push(request);
    const number = seen.length;
    await sleep(clock, LATENCY_MS, signal);
    signal.throwIfAborted();
    const response = await script(request, number);
    if (response instanceof Error) throw response;
    return response;
  };
  const random = () => 0.5;
  return {
    client: createClient({ url: 'https://stage.test/prod/', fetch, clock, random, ...options }),
    clock,
    seen,
  };
}
