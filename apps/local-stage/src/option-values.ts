import { InvalidArgumentError } from 'commander';
import { parseDurationMs } from './dynamodb/faults/duration.ts';

/**
 * Reads an option's value as an integer.
 * @throws InvalidArgumentError says the range
 */
export function integerFrom(minimum: number, maximum = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= minimum && value <= maximum) return value;
    const range =
      maximum === Number.MAX_SAFE_INTEGER ? `from ${minimum} up` : `from ${minimum} to ${maximum}`;
    throw new InvalidArgumentError(`Want an integer ${range}.`);
  };
}

/** Reads an option's value as a span of time, ms. */
export function duration(text: string): number {
  const spanMs = parseDurationMs(text);
  if (spanMs !== null) return spanMs;
  throw new InvalidArgumentError('Want a span of time such as 250ms, 90s or 2m.');
}

/** Reads an option's value as the URL of a server without TLS. */
export function httpUrl(text: string): string {
  const url = URL.parse(text);
  if (url?.protocol === 'http:') return text;
  throw new InvalidArgumentError('Want a URL such as http://127.0.0.1:8000.');
}

/**
 * Reads an option's value as the name of a Region, in any of AWS's partitions. Which Regions there are is not looked
 * up: a new one is played like the others.
 */
export function regionName(text: string): string {
  if (/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(text)) return text;
  throw new InvalidArgumentError('Want the name of a Region, such as us-east-1.');
}

/** Adds one more `name=value` to those of a repeatable option. */
export function nameAndValue(text: string, others: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError('Want Name=value.');
  return new Map(others).set(name, value);
}
