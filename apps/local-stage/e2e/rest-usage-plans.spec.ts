import { startRestStage, type RestStage } from './rest-stage.ts';

let stage: RestStage;
beforeAll(async () => (stage = await startRestStage()));
afterAll(() => stage?.stop());

const ALICE = 'alice-alice-alice-alice';

async function call(api: keyof RestStage['urls'], path: string, key?: string): Promise<Response> {
  return fetch(stage.urls[api] + path, key === undefined ? {} : { headers: { 'x-api-key': key } });
}

async function statuses(times: number, ...of: Parameters<typeof call>): Promise<number[]> {
  const seen: number[] = [];
  for (let sent = 0; sent < times; sent += 1) seen.push((await call(...of)).status);
  return seen;
}

describe('usage plans', () => {
  it('give a key one bucket over all stages of the plan, and each key its own (F5)', async () => {
    const bob = /api key bob: (\w+)/.exec(stage.process.output())?.[1];
    expect(await statuses(2, 'prod', '/keyed', ALICE)).toEqual([200, 200]);
    expect(await statuses(2, 'beta', '/keyed', ALICE)).toEqual([200, 429]);
    expect(await statuses(1, 'prod', '/keyed', bob)).toEqual([200]);
  });

  it('tell the function which key it was', async () => {
    const bob = /api key bob: (\w+)/.exec(stage.process.output())?.[1];
    const event = (await (await call('prod', '/fast', bob)).json()) as {
      requestContext: { identity: Record<string, unknown> };
    };
    expect(event.requestContext.identity).toMatchObject({
      apiKey: bob,
      apiKeyId: expect.any(String) as string,
    });
  });

  it('limit a method by what the plan says of it', async () => {
    expect(await statuses(2, 'prod', '/fast', ALICE)).toEqual([200, 429]);
  });

  it.each([
    ['no key', undefined],
    ['a wrong key', 'nobody'],
    ['a disabled key', 'carol-carol-carol-carol'],
    ['a key without a plan', 'dora-dora-dora-dora-dora'],
    ['a key of a plan for another API', ALICE],
  ])('refuse %s (F12)', async (_case, key) => {
    const refused = await call('plain', '/keyed', key);
    expect([refused.status, await refused.text()]).toEqual([403, '{"message":"Forbidden"}']);
    expect(refused.headers.get('x-amzn-errortype')).toBe('ForbiddenException');
  });

  it('use up the quota, less its offset in the first month (F11)', async () => {
    const key = 'erin-erin-erin-erin-erin';
    expect(await statuses(2, 'plain', '/keyed', key)).toEqual([200, 200]);
    const refused = await call('plain', '/keyed', key);
    expect([refused.status, await refused.text()]).toEqual([429, '{"message":"Limit Exceeded"}']);
    expect(refused.headers.get('x-amzn-errortype')).toBe('LimitExceededException');
  });

  it('do not bind a method that asks for no key (F5)', async () => {
    expect(await statuses(5, 'prod', '/echo', ALICE)).toEqual([200, 200, 200, 200, 200]);
  });

  it('print each key with its value', () => {
    expect(stage.process.output()).toMatch(/^api key alice: alice-alice-alice-alice$/m);
    expect(stage.process.output()).toMatch(/^api key carol: carol-carol-carol-carol \(disabled\)$/m);
  });
});
