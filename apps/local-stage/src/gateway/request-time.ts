const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

let formattedSecond = -1;
let formatted = '';

/** `23/Nov/2026:12:47:03 +0000`, as request contexts and access logs write it; made once a second. */
export function formatRequestTime(wallClockMs: number): string {
  const second = Math.floor(wallClockMs / 1000);
  if (second === formattedSecond) return formatted;
  const time = new Date(second * 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${two(time.getUTCDate())}/${MONTHS[time.getUTCMonth()]}/${time.getUTCFullYear()}`;
  formattedSecond = second;
  formatted = `${day}:${two(time.getUTCHours())}:${two(time.getUTCMinutes())}:${two(time.getUTCSeconds())} +0000`;
  return formatted;
}
