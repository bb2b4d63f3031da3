import { InvalidArgumentError } from 'commander';

/** Parser of an option that takes an integer from `minimum` up. */
export function integerFrom(minimum: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= minimum) return value;
    throw new InvalidArgumentError(`Want an integer from ${minimum} up.`);
  };
}
