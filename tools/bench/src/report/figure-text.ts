const NONE = '–';

/** Three significant digits, more for large figures, all for counts: `1234`, `12.3`, `1.23`. */
export function figureText(value: number | null | undefined): string {
  if (value == null || !Number.isFinite(value)) return NONE;
  if (Number.isInteger(value)) return String(value);
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return value.toFixed(digits);
}

export function megabytesText(bytes: number | null): string {
  return bytes === null ? NONE : (bytes / 1024 ** 2).toFixed(0);
}
