import type { BucketLimits } from '@spillway/throttle';
import { EnvironmentScaling, LAMBDA_SCALING } from './environment-scaling.ts';
import { MINIMUM_UNRESERVED_CONCURRENCY } from './function-definition.ts';
import { RequestWindow } from './request-window.ts';

/** Requests per second that Lambda lets in for each unit of concurrency (F32). */
const REQUESTS_PER_SECOND_PER_CONCURRENCY = 10;

/** Which of Lambda's limits refused an invocation. */
export type ConcurrencyRefusal =
  'reserved-concurrency' | 'account-concurrency' | 'ten-times-rule' | 'scaling-rate';

/** A reservation that AWS would refuse, because too little would be left unreserved (F31). */
export class ReservationError extends Error {
  readonly code = 'UNRESERVED_CONCURRENCY_BELOW_MINIMUM';
  readonly functionName: string;
  readonly maximumReservation: number;

  constructor(functionName: string, reserved: number, maximumReservation: number) {
    super(
      `function ${functionName}: reserved concurrency ${reserved}, want ≤ ${maximumReservation} so that ` +
        `${MINIMUM_UNRESERVED_CONCURRENCY} stay unreserved in the account (F31); lower it or raise --account-concurrency`,
    );
    this.functionName = functionName;
    this.maximumReservation = maximumReservation;
  }
}

/** One function's part of the account's concurrency. */
export interface ConcurrencyShare {
  /** Takes a slot, held until `release`, or names the limit that refuses. Never waits (F34). */
  admit(nowMs: number): 'admitted' | ConcurrencyRefusal;
  release(): void;
  /**
   * Takes effect for the next admission; what runs goes on.
   * @param reserved slots, or `null` for none
   * @throws {ReservationError} if fewer than 100 would stay unreserved
   */
  reserve(reserved: number | null): void;
  readonly inUse: number;
}

interface Share {
  reserved: number | null;
  inUse: number;
  /** The 10× rule of the function's own reservation; without one only the account's rule binds. */
  window: RequestWindow | null;
  readonly scaling: EnvironmentScaling;
}

/**
 * The concurrency of an account in a Region, shared by its functions: Lambda's admission, a loss system.
 * Functions without a reservation share what the reservations leave: limit − Σ reserved (F31).
 */
export class AccountConcurrency {
  readonly limit: number;
  readonly #shares = new Map<string, Share>();
  readonly #window: RequestWindow;
  readonly #scaling: BucketLimits;
  /** Sums over the shares, kept up as these change: every admission asks for them. */
  #reserved = 0;
  #reservedInUse = 0;
  #unreservedInUse = 0;

  /**
   * @param limit concurrent executions, the quota of the account (F30)
   * @param scaling new environments of each function (F33)
   */
  constructor(limit: number, scaling: BucketLimits = LAMBDA_SCALING) {
    this.limit = limit;
    this.#scaling = scaling;
    this.#window = new RequestWindow(limit * REQUESTS_PER_SECOND_PER_CONCURRENCY);
  }

  /** Invocations that run now, over all functions. */
  get inUse(): number {
    return this.#reservedInUse + this.#unreservedInUse;
  }

  /** What no other function can have: all reservations, used or not, and what runs without one (F62). */
  get claimed(): number {
    return this.#reserved + this.#unreservedInUse;
  }

  /** @throws {ReservationError} if the reservation leaves too little */
  join(functionName: string, reserved: number | null): ConcurrencyShare {
    const scaling = new EnvironmentScaling(this.#scaling);
    const share: Share = { reserved: null, inUse: 0, window: null, scaling };
    const reserve = (slots: number | null) => this.#reserve(functionName, share, slots);
    reserve(reserved);
    this.#shares.set(functionName, share);
    return {
      admit: (nowMs) => this.#admit(share, nowMs),
      release: () => this.#count(share, -1),
      reserve,
      get inUse() {
        return share.inUse;
      },
    };
  }

  /** Gives back what a function reserved that is no more. */
  leave(functionName: string): void {
    const share = this.#shares.get(functionName);
    if (!share) return;
    this.#setReservation(share, null);
    this.#shares.delete(functionName);
  }

  /** Most that this function may reserve beside the others' reservations, ≥ 0. */
  maximumReservation(functionName: string): number {
    const others = this.#reserved - (this.#shares.get(functionName)?.reserved ?? 0);
    return Math.max(0, this.limit - MINIMUM_UNRESERVED_CONCURRENCY - others);
  }

  #admit(share: Share, nowMs: number): 'admitted' | ConcurrencyRefusal {
    if (share.reserved === null) {
      if (this.#unreservedInUse >= this.limit - this.#reserved) return 'account-concurrency';
    } else if (share.inUse >= share.reserved) return 'reserved-concurrency';
    if (share.window?.hasRoom(nowMs) === false || !this.#window.hasRoom(nowMs)) return 'ten-times-rule';
    // Last, because it takes what it grants.
    if (share.scaling.admit(share.inUse, nowMs) === 'throttled') return 'scaling-rate';
    share.window?.add(nowMs);
    this.#window.add(nowMs);
    this.#count(share, 1);
    return 'admitted';
  }

  #reserve(functionName: string, share: Share, slots: number | null): void {
    const maximum = this.maximumReservation(functionName);
    if (slots !== null && slots > maximum) throw new ReservationError(functionName, slots, maximum);
    this.#setReservation(share, slots);
    const capacity = (slots ?? 0) * REQUESTS_PER_SECOND_PER_CONCURRENCY;
    share.window = slots === null ? null : (share.window?.resized(capacity) ?? new RequestWindow(capacity));
  }

  /** What runs is counted under the reservation that binds now. */
  #setReservation(share: Share, slots: number | null): void {
    const { inUse } = share;
    this.#count(share, -inUse);
    this.#reserved += (slots ?? 0) - (share.reserved ?? 0);
    share.reserved = slots;
    this.#count(share, inUse);
  }

  #count(share: Share, change: number): void {
    share.inUse += change;
    if (share.reserved === null) this.#unreservedInUse += change;
    else this.#reservedInUse += change;
  }
}
