import { cidrBlocks } from './cidr-blocks.ts';
import { IntrinsicError } from './intrinsic-error.ts';

/** Functions that need nothing but their arguments, worked out before. */
export const VALUE_FUNCTIONS: ReadonlyMap<string, (argument: unknown) => unknown> = new Map([
  ['Fn::Join', join],
  ['Fn::Select', select],
  ['Fn::Split', split],
  ['Fn::Base64', (argument) => Buffer.from(asText('Fn::Base64', argument)).toString('base64')],
  ['Fn::Cidr', cidr],
  ['Fn::Length', (argument) => asList('Fn::Length', argument).length],
  ['Fn::ToJsonString', (argument) => JSON.stringify(argument)],
] satisfies readonly (readonly [string, (argument: unknown) => unknown])[]);

/**
 * A text, number or boolean as CloudFormation writes it into another text; a list with commas.
 * @throws IntrinsicError for anything else
 */
export function asText(name: string, value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return String(value);
  if (Array.isArray(value)) return value.map((member) => asText(name, member)).join(',');
  throw new IntrinsicError(name, value, 'wants text');
}

/** @throws IntrinsicError for what is no list, or a shorter one than asked for */
export function asList(name: string, value: unknown, atLeast = 0): readonly unknown[] {
  if (!Array.isArray(value)) throw new IntrinsicError(name, value, 'wants a list');
  if (value.length < atLeast) throw new IntrinsicError(name, value, `wants a list of ${atLeast}`);
  return value;
}

function join(argument: unknown): string {
  const [separator, parts] = asList('Fn::Join', argument, 2);
  const texts = asList('Fn::Join', parts).map((part) => asText('Fn::Join', part));
  return texts.join(asText('Fn::Join', separator));
}

function select(argument: unknown): unknown {
  const [index, items] = asList('Fn::Select', argument, 2);
  const item = asList('Fn::Select', items)[Number(asText('Fn::Select', index))];
  if (item === undefined)
    throw new IntrinsicError('Fn::Select', argument, 'selects past the end of its list');
  return item;
}

function split(argument: unknown): readonly string[] {
  const [separator, text] = asList('Fn::Split', argument, 2);
  return asText('Fn::Split', text).split(asText('Fn::Split', separator));
}

function cidr(argument: unknown): readonly string[] {
  // Without a third argument the blocks are of 8 host bits.
  const [block, count, hostBits = 8] = asList('Fn::Cidr', argument, 2);
  const number = (value: unknown): number => Number(asText('Fn::Cidr', value));
  return cidrBlocks(asText('Fn::Cidr', block), number(count), number(hostBits));
}
