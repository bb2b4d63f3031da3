import { retryConflict } from './retry-conflict.ts';

/** A change that is answered with errors of these names first; tries and pauses are counted. */
function changeThat(...fails: string[]) {
  const seen = { tries: 0, pauses: 0 };
  const change = async () => {
    const name = fails[seen.tries++];
    if (name !== undefined) throw Object.assign(new Error(name), { name });
    return 'done';
  };
  const pause = async () => void (seen.pauses += 1);
  return { seen, change, pause };
}

const CONFLICT = 'ResourceConflictException';

describe('retryConflict', () => {
  it('tries again while another change is under way', async () => {
    const { seen, change, pause } = changeThat(CONFLICT, CONFLICT);
    expect(await retryConflict(change, pause)).toBe('done');
    expect(seen).toEqual({ tries: 3, pauses: 2 });
  });

  it('gives up after some seconds', async () => {
    const { seen, change, pause } = changeThat(...Array<string>(100).fill(CONFLICT));
    await expect(retryConflict(change, pause)).rejects.toThrow(CONFLICT);
    expect(seen).toEqual({ tries: 21, pauses: 20 });
  });

  it('leaves any other refusal to whoever asked', async () => {
    const { seen, change, pause } = changeThat('AccessDeniedException');
    await expect(retryConflict(change, pause)).rejects.toThrow('AccessDeniedException');
    expect(seen).toEqual({ tries: 1, pauses: 0 });
  });
});
