import { isIPv4, isIPv6 } from 'node:net';
import { IntrinsicError } from './intrinsic-error.ts';

/** CloudFormation gives at most so many blocks. */
const MOST_BLOCKS = 256;

/**
 * `Fn::Cidr`: the first `count` blocks of 2^`hostBits` addresses in an address block.
 * @throws IntrinsicError when the block is none, or too small for them
 */
export function cidrBlocks(block: string, count: number, hostBits: number): readonly string[] {
  const refuse = (problem: string): never => {
    throw new IntrinsicError('Fn::Cidr', [block, count, hostBits], problem);
  };
  const [address = '', prefixText = ''] = block.split('/');
  const width = isIPv4(address) ? 32 : isIPv6(address) ? 128 : refuse('wants a block such as 10.0.0.0/16');
  const prefix = /^\d+$/.test(prefixText) ? Number(prefixText) : refuse('wants a prefix length after the /');
  const isWithin = (value: number, least: number, most: number): boolean =>
    Number.isInteger(value) && value >= least && value <= most;
  if (!isWithin(count, 1, MOST_BLOCKS)) refuse(`wants 1 to ${MOST_BLOCKS} blocks`);
  if (!isWithin(prefix, 0, width) || !isWithin(hostBits, 1, width - prefix))
    refuse('asks for blocks that do not fit');
  if (BigInt(count) << BigInt(hostBits) > 1n << BigInt(width - prefix)) refuse('asks for more than fits');
  const groups = width === 32 ? address.split('.').map(Number) : ipv6Groups(address);
  const groupBits = width === 32 ? 8n : 16n;
  const start = groups.reduce((sum, group) => (sum << groupBits) | BigInt(group), 0n);
  const base = (start >> BigInt(width - prefix)) << BigInt(width - prefix);
  return Array.from({ length: count }, (_, index) => {
    const first = base + (BigInt(index) << BigInt(hostBits));
    return `${write(first, groups.length, groupBits)}/${width - hostBits}`;
  });
}

function ipv6Groups(address: string): readonly number[] {
  const parse = (part: string): readonly number[] =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const [head = '', tail] = address.split('::');
  const before = parse(head);
  if (tail === undefined) return before;
  const after = parse(tail);
  return [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after];
}

function write(address: bigint, groupCount: number, groupBits: bigint): string {
  const mask = (1n << groupBits) - 1n;
  const groups = Array.from({ length: groupCount }, (_, index) =>
    ((address >> (groupBits * BigInt(groupCount - 1 - index))) & mask).toString(groupBits === 8n ? 10 : 16),
  );
  // The WHATWG parser writes IPv6 in its canonical short form.
  return groupBits === 8n ? groups.join('.') : new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}
