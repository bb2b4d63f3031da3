import { GATEWAY_TIMEOUT_SECONDS } from '../aws-rules.ts';
import type { Subject } from './subject.ts';

/** What a client gets where a limit binds, from a REST API and from an HTTP API. */
export interface SeenAnswer {
  readonly when: string;
  readonly rest: string;
  readonly http: string;
}

/** Fixed for HTTP APIs, s (F18). */
const HTTP_API_TIMEOUT_SECONDS = 30;

/** Status and body where each limit binds (F10–F19); what is unverified says so. */
export function whatClientsSee({ limits }: Subject): readonly SeenAnswer[] {
  return [
    {
      when: 'Beyond the throttle of stage or account',
      rest: '429 {"message":"Too Many Requests"}, without Retry-After (F10)',
      http: '429 {"message":"Too Many Requests"} (F10)',
    },
    {
      when: 'Where Lambda refuses: reserved concurrency, 10× rule, scaling',
      rest: '500 {"message": "Internal server error"} (F16)',
      http: '500 or 503, unverified (F16)',
    },
    { when: `After ${limits.timeoutSeconds} s, the function's timeout`, ...timeoutAnswers(limits) },
    {
      when: 'Where the function runs out of memory',
      rest: '502 {"message": "Internal server error"} (F17)',
      http: '500 {"message":"Internal Server Error"} (F17)',
    },
    {
      when: 'Where the table throttles, after retries of the SDK',
      rest: '503 with Retry-After, from the function',
      http: 'the same',
    },
    {
      when: 'Beyond 400 KB an item, 6 MB a payload, 10 MB a body',
      rest: '413 from the function (F42), 413 {"message":"Request Too Long"} (F15), 413 as text (F14)',
      http: 'the same; the body at 6 MB is unverified (F15)',
    },
  ];
}

function timeoutAnswers({ timeoutSeconds }: Subject['limits']): Omit<SeenAnswer, 'when'> {
  return {
    rest:
      timeoutSeconds < GATEWAY_TIMEOUT_SECONDS
        ? '502 {"message": "Internal server error"}, unverified (F19)'
        : `504 {"message": "Endpoint request timed out"}, already after ${GATEWAY_TIMEOUT_SECONDS} s (F18)`,
    http:
      timeoutSeconds < HTTP_API_TIMEOUT_SECONDS
        ? '500, unverified (F19)'
        : `503 {"message":"Service Unavailable"}, already after ${HTTP_API_TIMEOUT_SECONDS} s (F18)`,
  };
}

/** The answers in sentences. */
export function describeAnswers(answers: readonly SeenAnswer[]): readonly string[] {
  return answers.map(({ when, rest, http }) => `${when}: REST API ${rest}; HTTP API ${http}.`);
}
