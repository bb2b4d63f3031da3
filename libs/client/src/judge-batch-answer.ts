import { responseStatuses, type EntryOutcome, type Issue } from '@spillway/shared';
import { batchResponseSchema } from '@spillway/shared/response-schema';
import type { Answer, Verdict } from './answer.ts';
import { judgeAnswer } from './judge-answer.ts';

type Known = Exclude<Answer, { kind: 'ended' }>;

/**
 * What an answer to a batch means for each of its entries, in their order.
 * @param count entries of the batch
 */
export function judgeBatchAnswer(answer: Known, count: number): readonly Verdict[] {
  if (answer.kind === 'answered') {
    const parsed = batchResponseSchema.safeParse(answer.body);
    if (parsed.success && parsed.data.outcomes.length === count) {
      return parsed.data.outcomes.map((outcome, index) => judgeOutcome(outcome, index, answer));
    }
  }
  const verdict = judgeEnvelope(answer, count);
  return Array.from({ length: count }, () => verdict);
}

function judgeEnvelope(answer: Known, count: number): Verdict {
  const verdict = judgeAnswer(answer);
  const isUnread =
    answer.kind === 'answered' && (verdict.next === 'done' || answer.status === responseStatuses.partial);
  if (isUnread) {
    const message = `answered ${answer.status} without the outcomes of ${count} entries`;
    return { next: 'give-up', reason: 'rejected', message, status: answer.status, mayBeStored: true };
  }
  // A conflict is an entry's: this service never says it of a batch.
  const isConflict = verdict.next === 'give-up' && verdict.reason === 'conflict';
  if (isConflict) return { ...verdict, reason: 'rejected' };
  if (verdict.next !== 'refuse') return verdict;
  if (verdict.reason === 'too-large' && count > 1) return { next: 'split' };
  // The entries were found good before they were sent: what is refused is how this client writes a batch.
  return { next: 'give-up', reason: 'rejected', message: verdict.message };
}

function judgeOutcome(
  { status, issues = [] }: EntryOutcome,
  index: number,
  answer: Extract<Answer, { kind: 'answered' }>,
): Verdict {
  const message = `answered ${answer.status}: ${status}`;
  const { retryAfterMs } = answer;
  switch (status) {
    case 'accepted':
      return { next: 'done' };
    case 'conflict':
      return { next: 'give-up', reason: 'conflict', message, status: answer.status };
    case 'invalid':
    case 'too-large':
      return {
        next: 'refuse',
        reason: status,
        message,
        issues: issues.map((issue) => fromEntry(issue, index)),
      };
    case 'unavailable':
    case 'failed':
      return {
        next: 'retry',
        reason: status,
        message,
        mayBeStored: true,
        status: answer.status,
        retryAfterMs,
      };
  }
}

/** `$.entries[3].year` → `$.year`: the caller knows no batch. */
function fromEntry({ path, message }: Issue, index: number): Issue {
  const place = `$.entries[${index}]`;
  return { path: path.startsWith(place) ? `$${path.slice(place.length)}` : path, message };
}
