import { chooseTools, TOOL_NAMES, TOOLS } from './roster.ts';

const namesOf = (names: readonly string[]) => chooseTools(names)?.map(({ name }) => name);

describe('chooseTools', () => {
  it.each([
    ['a name', ['wrk'], ['wrk']],
    ['a name of two', ['artillery'], ['artillery http', 'artillery http, no pool']],
    ['nobody', [], []],
  ])('takes %s', (_what, names, expected) => expect(namesOf(names)).toEqual(expected));

  it('refuses a name that nobody has', () => expect(chooseTools(['wrk', 'ab'])).toBeNull());

  it('knows a name for each', () => expect(chooseTools(TOOL_NAMES)).toEqual(TOOLS));

  it('knows what version of each is pinned', () => {
    expect(chooseTools(['autocannon'])?.[0]?.version()).toMatch(/^autocannon \d+\.\d+\.\d+$/);
    expect(chooseTools(['artillery'])?.[0]?.version()).toMatch(/^artillery \d+\.\d+\.\d+$/);
  });
});
