const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

/**
 * `250ms`, `1.5s`, `2m` → milliseconds; null for anything else.
 * Not the `ms` package: it also takes bare numbers, negative ones and years, which here would be typing errors.
 */
export function parseDurationMs(text: string): number | null {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text) ?? [];
  return digits === undefined ? null : Number(digits) * (UNITS_MS[unit] ?? 1);
}
