/** A price from `above` units a month on, up to where the next tier begins. */
export interface PriceTier {
  readonly above: number;
  readonly usdPerMillion: number;
}

/** Most bytes that an HTTP API counts as one request (F71). */
export const BYTES_PER_METERED_REQUEST = 512 * 1024;

/** Bytes in the GB of every price list here. */
export const BYTES_PER_GB = 1024 ** 3;

/** Hours of a month, as AWS's own calculator counts them: 365 days / 12. */
export const HOURS_PER_MONTH = 730;

/** On-demand list prices in us-east-1, USD, 2026, before tax, discounts and free tiers, unless a line says otherwise. */
export const PRICES = {
  /** Requests a month (F70). */
  restApi: [
    { above: 0, usdPerMillion: 3.5 },
    { above: 333e6, usdPerMillion: 2.8 },
    { above: 1e9, usdPerMillion: 2.38 },
    { above: 20e9, usdPerMillion: 1.51 },
  ],
  /** Metered requests a month: one for each started 512 KB (F71). */
  httpApi: [
    { above: 0, usdPerMillion: 1 },
    { above: 300e6, usdPerMillion: 0.9 },
  ],
  /** F72. */
  lambda: {
    usdPerMillionRequests: 0.2,
    usdPerGbSecond: { arm64: 0.0000133334, x86: 0.0000166667 },
  },
  /** F73; storage above the 25 GB that are free. */
  table: { usdPerMillionWriteUnits: 0.625, usdPerStoredGbMonth: 0.25, freeStoredGb: 25 },
  /** F75. */
  logs: { usdPerGb: 0.5, usdPerStoredGbMonth: 0.03 },
  customMetric: { usdPerMonth: 0.3 },
  /** Traces recorded a month, the first 100,000 free (F76). */
  traces: [
    { above: 0, usdPerMillion: 0 },
    { above: 100_000, usdPerMillion: 5 },
  ],
} as const satisfies Readonly<Record<string, unknown>>;

export type Architecture = keyof typeof PRICES.lambda.usdPerGbSecond;

/** USD for that many units a month, each part of them at the price of its tier. */
export function tieredUsd(units: number, tiers: readonly PriceTier[]): number {
  return tiers.reduce((usd, { above, usdPerMillion }, index) => {
    const end = tiers[index + 1]?.above ?? Number.POSITIVE_INFINITY;
    return usd + (Math.max(0, Math.min(units, end) - above) / 1e6) * usdPerMillion;
  }, 0);
}
