import { send, type ClientAnswer, type ClientRequest } from './exchange.ts';
import type { ConformanceStage, Kind, StageName, Stages } from './stages.ts';

/** How a fact is met at one place, and what must be seen there. */
export interface Proof {
  see(stages: Stages): Promise<unknown>;
  /** Equal to what was seen, or a matcher for it. */
  readonly wanted: unknown;
}

/** One fact; where its observable is another, at several places. */
export interface Row {
  /** As in aws-facts.md: `F10`. */
  readonly fact: string;
  readonly says: string;
  /** Absent where the fact is none of a REST API. */
  readonly rest?: Proof;
  /** Absent where the fact is none of an HTTP API. */
  readonly http?: Proof;
  /** Where it shows at neither: at an AWS endpoint, a table, or in what was read of the template. */
  readonly stage?: Proof;
}

/** What is looked at in a stage that runs. */
export function at(
  name: StageName,
  see: (stage: ConformanceStage) => Promise<unknown>,
  wanted: unknown,
): Proof {
  return { see: async (stages) => see(await stages.get(name)), wanted };
}

/** The same look through both kinds of API. */
export function both(
  see: (stage: ConformanceStage, kind: Kind) => Promise<unknown>,
  wanted: unknown,
  name: StageName = 'roomy',
): Required<Pick<Row, Kind>> {
  return {
    rest: at(name, (stage) => see(stage, 'rest'), wanted),
    http: at(name, (stage) => see(stage, 'http'), wanted),
  };
}

/** What an answer must be; what is left out may be anything. */
export interface WantedAnswer {
  /** Several where the fact leaves it open. */
  readonly status: number | readonly number[];
  /** Byte for byte. */
  readonly body?: string;
  /** With their letters as written. */
  readonly headers?: Readonly<Record<string, unknown>>;
  /** Names in small letters. */
  readonly without?: readonly string[];
}

/** A request, as often as it takes to come to the answer that counts: the last one. */
export type Provocation = Omit<ClientRequest, 'url'> & { readonly path: string; readonly times?: number };

/** One request and its answer. */
export function exchange(
  api: Parameters<ConformanceStage['url']>[0],
  { path, times = 1, ...request }: Provocation,
  wanted: WantedAnswer,
): Proof {
  return at(
    'roomy',
    async (stage) => {
      const url = stage.url(api, path);
      let answer = await send({ ...request, url });
      for (let sent = 1; sent < times; sent += 1) answer = await send({ ...request, url });
      return shown(answer, wanted);
    },
    { ...wanted, without: [] },
  );
}

/** The answer as far as something is wanted of it; of the headers that must not be there, those that are. */
function shown({ status, body, headers }: ClientAnswer, wanted: WantedAnswer): unknown {
  const named = Object.keys(wanted.headers ?? {}).map((name) => [name, headers[name]]);
  const present = Object.keys(headers).map((name) => name.toLowerCase());
  const isOneOf = Array.isArray(wanted.status) && wanted.status.includes(status);
  return {
    status: isOneOf ? wanted.status : status,
    ...(wanted.body === undefined ? {} : { body }),
    ...(wanted.headers === undefined ? {} : { headers: Object.fromEntries(named) }),
    without: (wanted.without ?? []).filter((name) => present.includes(name)),
  };
}

/** Statuses of requests sent one after the other. */
export async function statuses(requests: readonly ClientRequest[]): Promise<readonly number[]> {
  const seen: number[] = [];
  for (const request of requests) seen.push((await send(request)).status);
  return seen;
}

/** The same request several times. */
export const times = (count: number, request: ClientRequest): readonly ClientRequest[] =>
  Array.from({ length: count }, () => request);

/** `fits`, or the number and the bound that it broke: a bound that time moved needs no clock that is exact. */
export const fits = (count: number, least: number, most: number): string =>
  count >= least && count <= most ? 'fits' : `${count}, want from ${least} to ${most}`;
