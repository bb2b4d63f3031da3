import type { Answer, Verdict } from './answer.ts';
import { sleep, type CallScope } from './call-scope.ts';
import type { Clock } from './clock.ts';
import {
  abandon,
  giveUp,
  leaveUnanswered,
  leaveUnsigned,
  settleOrKeep,
  type OpenParcel,
  type Parcel,
} from './open-parcel.ts';
import { retryWaitMs } from './retry-wait.ts';
import type { LoadSign, SendGate } from './send-gate.ts';

type Judged = Exclude<Answer, { kind: 'ended' }>;

/** One of the two ways to send: each entry by itself, or in a batch. */
export interface Route {
  readonly gate: SendGate;
  readonly clock: Clock;
  readonly random: () => number;
  /** Never throws. */
  post(texts: readonly string[], call: CallScope): Promise<Answer>;
  /** One verdict a text. */
  judge(answer: Judged, count: number): readonly Verdict[];
}

/** Sends parcels in one request, and again those that it leaves open, until each is settled: at the latest when the call ends. */
export function deliver(route: Route, scope: CallScope, parcels: readonly Parcel[]): Promise<void> {
  const open = parcels.map((parcel) => ({ parcel, attempts: 0, setback: null }));
  return deliverOpen(route, scope, open, 0);
}

async function deliverOpen(
  route: Route,
  scope: CallScope,
  parcels: readonly OpenParcel[],
  failedBefore: number,
): Promise<void> {
  let open = parcels;
  for (let failed = failedBefore + 1; ; failed++) {
    const turn = await route.gate.enter(scope);
    if (turn.kind === 'no-quota') return endWithoutQuota(open, turn.retryAfterMs);
    if (turn.kind === 'ended') return endAll(open, scope);
    const texts = open.map(({ parcel }) => parcel.text);
    const answer = await route.post(texts, scope);
    const isSent = answer.kind === 'ended' ? answer.isSent : answer.kind !== 'unsigned';
    if (isSent) open = open.map((each) => ({ ...each, attempts: each.attempts + 1 }));
    if (answer.kind === 'ended') {
      // What was sent is spent, whoever ended the wait for its answer: else impatience would switch the throttle off.
      turn.leave(isSent ? 'refused' : 'silent');
      return endAll(open.map(isSent ? leaveUnanswered : leaveUnsigned), scope);
    }
    const verdicts = route.judge(answer, open.length);
    turn.leave(...loadSign(answer, verdicts));
    open = open.flatMap((each, i) => settleOrKeep(each, verdicts[i]));
    if (verdicts.some(({ next }) => next === 'split')) {
      const middle = Math.ceil(open.length / 2);
      const halves = [open.slice(0, middle), open.slice(middle)];
      await Promise.all(halves.map((half) => deliverOpen(route, scope, half, failed)));
      return;
    }
    if (open.length === 0) return;
    const askedMs = Math.max(...open.map(({ setback }) => setback?.retryAfterMs ?? 0));
    const waitMs = retryWaitMs(failed, askedMs, route.random());
    // Waiting for a deadline that nothing can be tried before would keep the caller for nothing.
    if (waitMs >= scope.remainingMs()) return open.forEach(giveUp);
    await sleep(route.clock, waitMs, scope.signal);
  }
}

function endAll(open: readonly OpenParcel[], scope: CallScope): void {
  open.forEach(scope.endedBy() === 'aborted' ? abandon : giveUp);
}

function endWithoutQuota(open: readonly OpenParcel[], retryAfterMs: number): void {
  const message = 'not sent: the quota is used up';
  for (const each of open) settleOrKeep(each, { next: 'give-up', reason: 'quota', message, retryAfterMs });
}

/**
 * A request counts as accepted where the service did its work, whatever it found. A 401 or 403 says nothing of the
 * load, so that who has a wrong key is told so of every entry, and at once; the stack's firewall answers 429.
 */
function loadSign(
  answer: Judged,
  verdicts: readonly Verdict[],
): readonly [sign: LoadSign, retryAfterMs?: number] {
  if (answer.kind === 'unsigned') return ['silent'];
  const [first] = verdicts;
  if (first?.next === 'give-up' && first.reason === 'forbidden') return ['silent'];
  if (first?.next === 'give-up' && first.reason === 'quota') {
    return first.retryAfterMs === undefined ? ['quota'] : ['quota', first.retryAfterMs];
  }
  return [verdicts.every(({ next }) => next === 'retry') ? 'refused' : 'accepted'];
}
