import { BlockList, isIP } from 'node:net';
import type {
  NegativeOperator,
  PolicyCondition,
  PositiveOperator,
} from '../../template/policy-condition-model.ts';
import { matchWildcard } from './match-wildcard.ts';

/** The values of a request's condition keys, by key in lower case; what is not in it is absent. */
export type ConditionKeys = ReadonlyMap<string, string>;

type Predicate = (found: string, wanted: string) => boolean;

const isEqual: Predicate = (found, wanted) => found === wanted;
const isEqualIgnoringCase: Predicate = (found, wanted) => found.toLowerCase() === wanted.toLowerCase();
const isLike: Predicate = (found, wanted) => matchWildcard(wanted, found);
const compared = (read: (text: string) => number, holds: (difference: number) => boolean): Predicate => {
  return (found, wanted) => holds(read(found) - read(wanted));
};

/** A date as policies write it: ISO 8601, or seconds since 1970. */
const dateOf = (text: string): number => (/^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text));

const POSITIVE: Readonly<Record<PositiveOperator, Predicate>> = {
  StringEquals: isEqual,
  StringEqualsIgnoreCase: isEqualIgnoringCase,
  StringLike: isLike,
  ArnEquals: isLike,
  ArnLike: isLike,
  Bool: isEqualIgnoringCase,
  IpAddress: isInRange,
  NumericEquals: compared(Number, (difference) => difference === 0),
  NumericLessThan: compared(Number, (difference) => difference < 0),
  NumericLessThanEquals: compared(Number, (difference) => difference <= 0),
  NumericGreaterThan: compared(Number, (difference) => difference > 0),
  NumericGreaterThanEquals: compared(Number, (difference) => difference >= 0),
  DateEquals: compared(dateOf, (difference) => difference === 0),
  DateLessThan: compared(dateOf, (difference) => difference < 0),
  DateLessThanEquals: compared(dateOf, (difference) => difference <= 0),
  DateGreaterThan: compared(dateOf, (difference) => difference > 0),
  DateGreaterThanEquals: compared(dateOf, (difference) => difference >= 0),
};

/** Operators that hold where their opposite does not. */
const NEGATIVE: Readonly<Record<NegativeOperator, Predicate>> = {
  StringNotEquals: isEqual,
  StringNotEqualsIgnoreCase: isEqualIgnoringCase,
  StringNotLike: isLike,
  ArnNotEquals: isLike,
  ArnNotLike: isLike,
  NotIpAddress: isInRange,
  NumericNotEquals: compared(Number, (difference) => difference === 0),
  DateNotEquals: compared(dateOf, (difference) => difference === 0),
};

/**
 * Whether a condition holds: for one of its values with a positive operator, for none with a negative one.
 * Null where it can't be told, since it is not played.
 */
export function isConditionMet(condition: PolicyCondition, keys: ConditionKeys): boolean | null {
  const found = keys.get(condition.key);
  const { test, values } = condition;
  if (test === null) return null;
  if (test.kind === 'null')
    return values.some((value) => (value.toLowerCase() === 'true') === (found === undefined));
  if (found === undefined) {
    if (condition.isIfExists || condition.quantifier === 'all') return true;
    return condition.quantifier === null && test.kind === 'negative';
  }
  return test.kind === 'negative'
    ? !values.some((wanted) => NEGATIVE[test.operator](found, wanted))
    : values.some((wanted) => POSITIVE[test.operator](found, wanted));
}

function isInRange(address: string, range: string): boolean {
  const [network = '', prefix] = range.split('/');
  const family = isIP(network);
  if (family === 0 || isIP(address) === 0) return false;
  const list = new BlockList();
  const type = family === 6 ? 'ipv6' : 'ipv4';
  if (prefix === undefined) list.addAddress(network, type);
  else if (isPrefix(prefix, family)) list.addSubnet(network, Number(prefix), type);
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

function isPrefix(text: string, family: number): boolean {
  return /^\d{1,3}$/.test(text) && Number(text) <= (family === 6 ? 128 : 32);
}
