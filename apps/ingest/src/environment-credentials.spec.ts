import { defaultProvider } from './environment-credentials.ts';

const variables = {
  AWS_ACCESS_KEY_ID: 'key-1',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'session-1',
};

describe('defaultProvider', () => {
  const before = { ...process.env };
  beforeEach(() => {
    for (const name of Object.keys(variables)) Reflect.deleteProperty(process.env, name);
  });
  afterAll(() => void Object.assign(process.env, before));

  it('asks the environment once, and hands out what it said from then on', async () => {
    Object.assign(process.env, variables);
    const provide = defaultProvider();
    const first = await provide();
    expect(first).toMatchObject({
      accessKeyId: 'key-1',
      secretAccessKey: 'secret',
      sessionToken: 'session-1',
    });
    process.env['AWS_ACCESS_KEY_ID'] = 'key-2';
    expect(await provide()).toBe(first);
  });

  it('does not remember that there were none', async () => {
    const provide = defaultProvider();
    await expect(provide()).rejects.toThrow('environment variable');
    Object.assign(process.env, variables);
    expect(await provide()).toMatchObject({ accessKeyId: 'key-1' });
  });
});
