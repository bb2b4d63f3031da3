import { setTimeout as sleep } from 'node:timers/promises';
import { AuthError } from './auth-error.ts';
import { LiveCredentials, type AwsCredentials } from './live-credentials.ts';

const key = (accessKeyId: string): AwsCredentials => ({ accessKeyId, secretAccessKey: 'hidden' });

/** Waits for a fact that the next renewal brings about. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(1);
}

describe('LiveCredentials', () => {
  it('are renewed while the old ones stay at hand', async () => {
    const given = ['first', 'second'];
    const live = await LiveCredentials.open(async () => key(given.shift() ?? 'third'), 2);
    expect(live.current.accessKeyId).toBe('first');
    await until(() => live.current.accessKeyId === 'third');
    live.close();
  });

  it('keep the last ones when a renewal fails, and try again', async () => {
    let asked = 0;
    const provider = async () => {
      asked += 1;
      if (asked === 2 || asked === 3) throw new Error('no network');
      return key(`answer-${asked}`);
    };
    const live = await LiveCredentials.open(provider, 2);
    await until(() => asked >= 3);
    expect(live.current.accessKeyId).toBe('answer-1');
    await until(() => live.current.accessKeyId === 'answer-4');
    live.close();
  });

  it('are asked for no more once closed', async () => {
    let asked = 0;
    const live = await LiveCredentials.open(async () => key(String((asked += 1))), 1);
    live.close();
    await sleep(20);
    expect(asked).toBe(1);
  });

  it('are refused at once where there are none', async () => {
    const opening = LiveCredentials.open(async () => {
      throw new Error('Could not load credentials from any providers');
    });
    await expect(opening).rejects.toThrow(AuthError);
    await expect(opening).rejects.toThrow(/found none \(Could not load .*\), want .*; set AWS_PROFILE/);
  });

  it('are refused at once where they have expired, without a word of them', async () => {
    const opening = LiveCredentials.open(async () => ({ ...key('AKIDOLD'), expiration: new Date(0) }));
    await expect(opening).rejects.toThrow(/expired at 1970-01-01T00:00:00.000Z/);
    await expect(opening).rejects.not.toThrow(/hidden|AKIDOLD/);
  });
});
