import { cidrBlocks } from './cidr-blocks.ts';
import { IntrinsicError } from './intrinsic-error.ts';

describe('cidrBlocks', () => {
  it.each([
    ['IPv4', '192.168.0.0/24', 3, 5, ['192.168.0.0/27', '192.168.0.32/27', '192.168.0.64/27']],
    ['all that fits', '10.0.0.0/30', 2, 1, ['10.0.0.0/31', '10.0.0.2/31']],
    ['an address inside the block', '10.0.1.7/16', 1, 8, ['10.0.0.0/24']],
    ['IPv6', '2001:db8::/56', 2, 64, ['2001:db8::/64', '2001:db8:0:1::/64']],
  ])('gives the first blocks of %s', (_case, block, count, hostBits, expected) => {
    expect(cidrBlocks(block, count, hostBits)).toEqual(expected);
  });

  it.each([
    ['no address', 'x/16', 1, 8, /wants a block such as/],
    ['no prefix', '10.0.0.0', 1, 8, /wants a prefix length/],
    ['one block more than fits', '10.0.0.0/30', 3, 1, /more than fits/],
    ['one more than CloudFormation gives', '10.0.0.0/8', 257, 8, /1 to 256 blocks/],
    ['blocks larger than the whole', '10.0.0.0/24', 1, 9, /do not fit/],
  ])('refuses %s', (_case, block, count, hostBits, message) => {
    expect(() => cidrBlocks(block, count, hostBits)).toThrow(IntrinsicError);
    expect(() => cidrBlocks(block, count, hostBits)).toThrow(message);
  });
});
