import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CredentialsFileError, readCredentialsFile } from './read-credentials-file.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'credentials-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function read(text: string): ReturnType<typeof readCredentialsFile> {
  const file = join(folder, 'credentials');
  await writeFile(file, text);
  return readCredentialsFile(file, '000000000000');
}

describe('readCredentialsFile', () => {
  it('reads the keys of its profiles, and keeps the default key', async () => {
    const keys = await read(
      [
        '[default] ; mine',
        'aws_access_key_id = AKIAONE',
        'aws_secret_access_key = a/b+c=',
        '[guest]',
        'aws_access_key_id=ASIATWO',
        'aws_secret_access_key=two',
        'aws_session_token=to==ken',
        'aws_account_id=123456789012',
        '[assumed]',
        'role_arn=arn:aws:iam::123456789012:role/r',
      ].join('\n'),
    );
    expect([...keys.keys()]).toEqual(['local', 'AKIAONE', 'ASIATWO']);
    expect(keys.get('AKIAONE')).toMatchObject({
      secretAccessKey: 'a/b+c=',
      sessionToken: null,
      caller: {
        accessKey: 'AKIAONE',
        accountId: '000000000000',
        userArn: 'arn:aws:iam::000000000000:user/default',
      },
    });
    expect(keys.get('ASIATWO')).toMatchObject({
      sessionToken: 'to==ken',
      caller: { accountId: '123456789012', userArn: 'arn:aws:iam::123456789012:user/guest' },
    });
  });

  it("makes users of the partition that the stage's Region is in", async () => {
    const file = join(folder, 'credentials');
    await writeFile(file, '[ci]\naws_access_key_id=A\naws_secret_access_key=s');
    const keys = await readCredentialsFile(file, '000000000000', 'aws-cn');
    expect([...keys.values()].map(({ caller }) => caller.userArn)).toEqual([
      'arn:aws-cn:iam::000000000000:user/local',
      'arn:aws-cn:iam::000000000000:user/ci',
    ]);
  });

  it.each([
    ['no keys', '[default]\nregion=us-east-1', 'no profile with an aws_access_key_id in it'],
    ['a key without its secret', '[ci]\naws_access_key_id=A', '[ci] aws_secret_access_key: '],
    [
      'a bad account',
      '[ci]\naws_access_key_id=A\naws_secret_access_key=s\naws_account_id=12',
      '[ci] aws_account_id: want 12 digits',
    ],
  ])('says what is wrong with %s', async (_why, text, message) => {
    const failure = await read(text).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CredentialsFileError);
    expect((failure as Error).message).toContain(message);
  });

  it('says which file it can not read', async () => {
    const missing = join(folder, 'missing');
    await expect(readCredentialsFile(missing, '000000000000')).rejects.toThrow(`${missing}: can't be read`);
  });
});
