import type { QuotaModel } from '../../template/rest/usage-plan-model.ts';

const DAY_MS = 86_400_000;

/** 1970 began on a Thursday: weeks are counted from the Monday before it. */
const MONDAY_OFFSET_DAYS = 3;

/**
 * Requests of one API key in the running period (F11). Periods are UTC's: days, weeks from Monday, months; where
 * AWS's begin is unverified. What is counted does not survive a restart.
 */
export class PlanQuota {
  readonly #model: QuotaModel;
  #period: number | null = null;
  #left = 0;

  constructor(model: QuotaModel) {
    this.#model = model;
  }

  /**
   * Takes one request off what is left of the period.
   * @param wallMs wall clock; a period that has ended does not come back
   */
  take(wallMs: number): 'admitted' | 'quota-exceeded' {
    const { limit, offset } = this.#model;
    const period = periodOf(this.#model.period, wallMs);
    if (this.#period === null || period > this.#period) {
      this.#left = this.#period === null ? limit - offset : limit;
      this.#period = period;
    }
    if (this.#left <= 0) return 'quota-exceeded';
    this.#left -= 1;
    return 'admitted';
  }
}

/** A number that is one more in the next period. */
function periodOf(period: QuotaModel['period'], wallMs: number): number {
  const days = Math.floor(wallMs / DAY_MS);
  if (period === 'DAY') return days;
  if (period === 'WEEK') return Math.floor((days + MONDAY_OFFSET_DAYS) / 7);
  const date = new Date(wallMs);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}
