import { attemptAll, doAll } from './attempt-all.ts';

/** Works by name; those whose name starts with `no` fail. */
function worksOf(...names: string[]) {
  const done: string[] = [];
  const works = names.map((name) => async () => {
    done.push(name);
    if (name.startsWith('no')) throw new Error(name);
  });
  return { done, works };
}

describe('attemptAll', () => {
  it('does each in turn, and says why some could not be', async () => {
    const { done, works } = worksOf('a', 'no b', 'c', 'no d');
    expect(await attemptAll(works)).toEqual([new Error('no b'), new Error('no d')]);
    expect(done).toEqual(['a', 'no b', 'c', 'no d']);
  });

  it('starts none before the one in front of it has ended', async () => {
    let running = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++running);
      await Promise.resolve();
      running -= 1;
    };
    expect(await attemptAll([work, work])).toEqual([]);
    expect(most).toBe(1);
  });
});

describe('doAll', () => {
  it.each<[string, string[], string | null]>([
    ['nothing where all is done', ['a', 'b'], null],
    ['the only reason', ['a', 'no b', 'c'], 'no b'],
    ['every reason, the first one first', ['no a', 'b', 'no c'], 'no a; no c'],
  ])('throws %s, and does all', async (_what, names, message) => {
    const { done, works } = worksOf(...names);
    const told = await doAll(works).then(
      () => null,
      (error: Error) => error.message,
    );
    expect([told, done]).toEqual([message, names]);
  });
});
