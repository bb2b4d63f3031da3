import type { Limits } from '@spillway/throttle';
import {
  ENVIRONMENTS_AT_ONCE,
  GATEWAY_TIMEOUT_SECONDS,
  REQUESTS_PER_SECOND_PER_CONCURRENCY,
} from '../aws-rules.ts';
import { erlangB } from '../statistics/erlang.ts';

/** Beyond this share of refused invocations a configuration fails its own rated load. */
const BLOCKING_RATIO = 0.01;

/** What a configuration will do, and which of its numbers contradict each other. */
export interface Explanation {
  readonly sentences: readonly string[];
  readonly contradictions: readonly string[];
  readonly isCoherent: boolean;
}

/**
 * Limits in sentences (method, section 6): the rate that each limit allows, what Lambda refuses at the rate limit
 * by Erlang B (F34), the burst that fits, and the contradictions.
 * @param serviceTimeMs mean billed duration; without it nothing is said of concurrency in use
 */
export function explainLimits(limits: Limits, serviceTimeMs?: number): Explanation {
  const { rateLimit, burstLimit, reservedConcurrency, timeoutSeconds } = limits;
  const byTenTimes = REQUESTS_PER_SECOND_PER_CONCURRENCY * reservedConcurrency;
  const sentences = [
    `The stage throttle admits ${rateLimit} requests/s, and up to ${burstLimit} at once from a full bucket.`,
    `Ten requests a second for each of ${reservedConcurrency} environments: Lambda admits at most ${byTenTimes}/s, whatever the duration (F32).`,
  ];
  const contradictions: string[] = [];
  if (rateLimit > byTenTimes) {
    contradictions.push(
      `The rate limit of ${rateLimit}/s is above the ${byTenTimes}/s that Lambda admits: the rest is answered 500, not 429.`,
    );
  } else if (rateLimit === byTenTimes) {
    contradictions.push(
      `The rate limit of ${rateLimit}/s is all that the 10× rule admits: any burst on top is answered 500, not 429.`,
    );
  }
  if (burstLimit > reservedConcurrency) {
    contradictions.push(
      `A burst of ${burstLimit} is admitted at once, but ${reservedConcurrency} environments take one request each: up to ${burstLimit - reservedConcurrency} are answered 500.`,
    );
  }
  if (burstLimit > ENVIRONMENTS_AT_ONCE) {
    contradictions.push(
      `A burst of ${burstLimit} needs more than the ${ENVIRONMENTS_AT_ONCE} environments that start at once (F33).`,
    );
  }
  if (timeoutSeconds >= GATEWAY_TIMEOUT_SECONDS) {
    contradictions.push(
      `A timeout of ${timeoutSeconds} s is never seen: the gateway gives up after ${GATEWAY_TIMEOUT_SECONDS} s (F18).`,
    );
  }
  if (serviceTimeMs !== undefined) {
    const told = explainLoad(limits, serviceTimeMs / 1000);
    sentences.push(...told.sentences);
    contradictions.push(...told.contradictions);
  }
  return { sentences, contradictions, isCoherent: contradictions.length === 0 };
}

function explainLoad(limits: Limits, serviceSeconds: number) {
  const { rateLimit, burstLimit, reservedConcurrency } = limits;
  const load = rateLimit * serviceSeconds;
  const blocking = erlangB(reservedConcurrency, load);
  const room = Math.floor(reservedConcurrency - load);
  const safeBurst = Math.max(0, Math.min(room, ENVIRONMENTS_AT_ONCE));
  const sentences = [
    `At ${number(1000 * serviceSeconds)} ms a request the rate limit keeps ${number(load)} environments busy (F30); ${reservedConcurrency} carry at most ${number(reservedConcurrency / serviceSeconds)}/s.`,
    `Lambda refuses ${share(blocking)} of the rated load (Erlang B).`,
    `A burst of ${safeBurst} fits on top of the rated load.`,
  ];
  const contradictions: string[] = [];
  if (blocking > BLOCKING_RATIO) {
    contradictions.push(
      `The rated load of ${rateLimit}/s is more than ${reservedConcurrency} environments carry: ${share(blocking)} of it is answered 500.`,
    );
  }
  if (burstLimit > safeBurst && burstLimit <= reservedConcurrency) {
    contradictions.push(
      `A burst of ${burstLimit} does not fit beside the rated load: ${safeBurst} environments are free.`,
    );
  }
  return { sentences, contradictions };
}

function share(ratio: number): string {
  return ratio < 0.0001 ? 'less than 0.01 %' : `${number(100 * ratio)} %`;
}

function number(value: number): number {
  return Number(value.toPrecision(3));
}
