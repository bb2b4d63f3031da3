import { responseStatuses } from '@spillway/shared';
import { acceptedResponseSchema, problemResponseSchema } from '@spillway/shared/response-schema';
import type { Answer, Verdict } from './answer.ts';

type Answered = Extract<Answer, { kind: 'answered' }>;

/** F11, both as the gateway spells them: a browser often sees no header but the body. */
const QUOTA_ERROR_TYPE = 'LimitExceededException';
const QUOTA_MESSAGE = 'Limit Exceeded';

/**
 * What an answer to one entry means: whether it is settled, and if not, whether sending it again is of use. That it is
 * safe is the contract's: the same id with the same content again is the same entry, so an attempt whose end is unknown
 * may be repeated.
 */
export function judgeAnswer(answer: Exclude<Answer, { kind: 'ended' }>): Verdict {
  if (answer.kind === 'unsigned') return { next: 'give-up', reason: 'credentials', message: answer.message };
  if (answer.kind === 'unanswered') {
    return { next: 'retry', reason: 'connection', message: answer.message, mayBeStored: true };
  }
  const { status, retryAfterMs } = answer;
  const problem = problemResponseSchema.safeParse(answer.body);
  const message = `answered ${status}${problem.success ? `: ${problem.data.message}` : ''}`;
  const issues = problem.data?.issues ?? [];
  switch (status) {
    case responseStatuses.accepted:
      // Whatever else lives at a wrong address may answer 200, too: a sign-in page, or another API.
      return acceptedResponseSchema.safeParse(answer.body).success
        ? { next: 'done' }
        : { next: 'give-up', reason: 'rejected', message, mayBeStored: true, status };
    case responseStatuses.invalid:
      return { next: 'refuse', reason: 'invalid', message, issues };
    case responseStatuses.tooLarge:
      return { next: 'refuse', reason: 'too-large', message, issues };
    case responseStatuses.conflict:
      return { next: 'give-up', reason: 'conflict', message, status };
    case 401:
    case 403:
      return answer.isSignatureStale
        ? { next: 'retry', reason: 'forbidden', message, mayBeStored: false, status }
        : { next: 'give-up', reason: 'forbidden', message, status };
    case 429:
      return isQuota(answer)
        ? { next: 'give-up', reason: 'quota', message, status, retryAfterMs }
        : { next: 'retry', reason: 'throttled', message, mayBeStored: false, status, retryAfterMs };
    case responseStatuses.unavailable:
      return { next: 'retry', reason: 'unavailable', message, mayBeStored: true, status, retryAfterMs };
    default:
      // Of the others, 500, 502 and 504 also stand for load: a refusing Lambda, a function out of time (F16 to F19).
      return status >= 500
        ? { next: 'retry', reason: 'failed', message, mayBeStored: true, status, retryAfterMs }
        : { next: 'give-up', reason: 'rejected', message, status };
  }
}

function isQuota({ body, errorType }: Answered): boolean {
  const problem = problemResponseSchema.safeParse(body);
  return errorType?.startsWith(QUOTA_ERROR_TYPE) === true || problem.data?.message === QUOTA_MESSAGE;
}
