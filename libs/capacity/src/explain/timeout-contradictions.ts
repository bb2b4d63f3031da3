import { GATEWAY_TIMEOUT_SECONDS } from '../aws-rules.ts';
import { grouped, milliseconds } from '../figures.ts';
import type { Contradiction } from './contradiction.ts';
import type { Subject } from './subject.ts';

/** Where the function's timeout contradicts the gateway's, the SDK's retries or the duration. */
export function timeoutContradictions(subject: Subject): readonly Contradiction[] {
  const { limits, durationMs, sdkRetryBudgetMs } = subject;
  const { timeoutSeconds } = limits;
  const least = leastTimeoutSeconds(subject);
  const found: Contradiction[] = [];
  if (timeoutSeconds >= GATEWAY_TIMEOUT_SECONDS) {
    const after = timeoutSeconds - GATEWAY_TIMEOUT_SECONDS;
    const goesOn =
      after > 0 ? `, while the function holds its environment and is billed for up to ${after} s more` : '';
    found.push({
      limits: ['timeoutSeconds'],
      found: `A timeout of ${timeoutSeconds} s is never seen: the gateway answers 504 after ${GATEWAY_TIMEOUT_SECONDS} s${goesOn} (F18).`,
      change: `lower timeoutSeconds to ${least < GATEWAY_TIMEOUT_SECONDS - 1 ? `between ${least} and ` : ''}${GATEWAY_TIMEOUT_SECONDS - 1}`,
    });
  }
  if (1000 * timeoutSeconds < sdkRetryBudgetMs) {
    found.push({
      limits: ['timeoutSeconds'],
      found: `A timeout of ${timeoutSeconds} s ends the function while the SDK still retries, for up to ${grouped(sdkRetryBudgetMs)} ms: a throttled table is answered 502 instead of 503 (F19).`,
      change: raiseTimeout(least),
    });
  }
  if (durationMs !== null && durationMs >= 1000 * timeoutSeconds) {
    found.push({
      limits: ['timeoutSeconds'],
      found: `At ${milliseconds(durationMs)} the mean invocation is not over when the function times out after ${timeoutSeconds} s (F19).`,
      change: raiseTimeout(least),
    });
  }
  return found;
}

/** The SDK's retries and twice the mean, s: less cuts off answers that would come. */
export function leastTimeoutSeconds({ durationMs, sdkRetryBudgetMs }: Subject): number {
  return Math.max(1, Math.ceil((sdkRetryBudgetMs + 2 * (durationMs ?? 0)) / 1000));
}

function raiseTimeout(least: number): string {
  if (least < GATEWAY_TIMEOUT_SECONDS) return `raise timeoutSeconds to at least ${least}`;
  return `make the function faster: it would need ${grouped(least)} s, and the gateway gives up after ${GATEWAY_TIMEOUT_SECONDS} s (F18)`;
}
