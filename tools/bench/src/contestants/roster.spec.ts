import { choosePeers } from './roster.ts';

const namesOf = (names: readonly string[]) => choosePeers(names)?.map(({ name }) => name);

describe('choosePeers', () => {
  it.each([
    ['ours and the limit are no peers', ['spillway', 'limit'], []],
    ['a name', ['spillway', 'vercel-fun'], ['vercel-fun']],
    ['the start of two names', ['serverless-offline'], ['serverless-offline-14', 'serverless-offline-13']],
  ])('takes %s', (_what, names, expected) => expect(namesOf(names)).toEqual(expected));

  it('refuses a name that nobody has', () => expect(choosePeers(['spillway', 'nobody'])).toBeNull());

  it('knows what version of each is pinned', () => {
    expect(choosePeers(['serverless-offline-14'])?.[0]?.version).toMatch(
      /^serverless-offline 14\.\d+\.\d+ \+ osls \d+\.\d+\.\d+$/,
    );
  });
});
