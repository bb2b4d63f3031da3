import { setTimeout as sleep } from 'node:timers/promises';
import { sign } from 'aws4';
import { RawClient } from './raw-client.ts';
import { startRestStage, type RestStage } from './rest-stage.ts';

let stage: RestStage;
beforeAll(async () => (stage = await startRestStage()));
afterAll(() => stage?.stop());

const call = (path: string, init?: RequestInit, api: keyof RestStage['urls'] = 'prod'): Promise<Response> =>
  fetch(stage.urls[api] + path, init);

const json = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

describe('gateway responses', () => {
  it('give a throttled client its Retry-After (F21)', async () => {
    expect((await call('/strict')).status).toBe(200);
    const refused = await call('/strict');
    expect([refused.status, await refused.text()]).toEqual([429, '{"message":"Too Many Requests"}']);
    expect(refused.headers.get('retry-after')).toBe('7');
    expect(refused.headers.get('x-amzn-errortype')).toBe('TooManyRequestsException');
  });

  it('of the class stand in for types without one, filled from the request', async () => {
    const refused = await call('/nowhere', { headers: { origin: 'https://o.example' } });
    expect([refused.status, await refused.json()]).toEqual([
      403,
      {
        message: 'Missing Authentication Token',
        type: 'MISSING_AUTHENTICATION_TOKEN',
        id: refused.headers.get('x-amzn-requestid'),
        path: '',
        colour: 'blue',
      },
    ]);
    expect(refused.headers.get('access-control-allow-origin')).toBe('https://o.example');
    expect(refused.headers.get('x-type')).toBe('MISSING_AUTHENTICATION_TOKEN');
  });

  it('of INTEGRATION_FAILURE turn a refusal of Lambda into 504, elsewhere it is 500 (F16)', async () => {
    const refusedBy = async (api: 'prod' | 'plain'): Promise<number[]> => {
      const answers = await Promise.all([call('/limited', {}, api), call('/limited', {}, api)]);
      return answers.map(({ status }) => status).sort();
    };
    expect(await refusedBy('prod')).toEqual([200, 504]);
    expect(await refusedBy('plain')).toEqual([200, 500]);
  });

  it('of DEFAULT_5XX reach a failed function, whose status stays', async () => {
    const failed = await call('/echo', { headers: { 'x-throw': 'on purpose' } });
    expect([failed.status, failed.headers.get('x-default')]).toEqual([502, '5xx']);
  });
});

describe('request validators', () => {
  it('name the required parameters that are missing', async () => {
    const refused = await call('/items?page=', json({ id: '1' }), 'plain');
    expect([refused.status, await refused.text()]).toEqual([
      400,
      '{"message": "Missing required request parameters: [page]"}',
    ]);
    expect(refused.headers.get('x-amzn-errortype')).toBe('BadRequestException');
  });

  it('refuse a body that does not fit its model', async () => {
    const refused = await call('/items?page=1', json({ price: 1 }), 'plain');
    expect([refused.status, await refused.text()]).toEqual([400, '{"message": "Invalid request body"}']);
  });

  it("say what is wrong through a gateway response, in another model's words too", async () => {
    const refused = await call('/items?page=1', json({ price: 0 }, { 'x-tenant': 't' }));
    expect([refused.status, refused.headers.get('content-type'), await refused.text()]).toEqual([
      422,
      'text/plain',
      'Invalid request body: [object has missing required properties (["id"]), ' +
        'numeric instance is lower than the required minimum (minimum: 0, found: 0)]',
    ]);
  });

  it('pass what fits on to the function', async () => {
    const passed = await call('/items?page=1', json({ id: '1', price: 0.5 }, { 'x-tenant': 't' }));
    expect(await passed.json()).toMatchObject({ body: '{"id":"1","price":0.5}' });
  });
});

describe('mock integrations', () => {
  it("answer the CDK's preflight", async () => {
    const answer = await call('/items', { method: 'OPTIONS', headers: { origin: 'https://o.example' } });
    expect([answer.status, await answer.text()]).toEqual([204, '']);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-allow-methods')).toBe('OPTIONS,POST');
    expect(answer.headers.get('access-control-allow-headers')).toBe('Content-Type,X-Api-Key');
  });

  it.each([
    ['https://a.example', 'https://a.example'],
    ['https://c.example', 'https://c.example'],
    ['https://x.example', 'https://a.example'],
  ])('allow %s the origin %s of several', async (origin, allowed) => {
    const answer = await call('/multi', { method: 'OPTIONS', headers: { origin } });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([204, allowed]);
  });

  it.each([
    [200, { colour: 'blue', id: expect.any(String) as string }],
    [404, { message: 'no such item' }],
  ])('answer %i by their templates', async (want, body) => {
    const answer = await call('/mock', json({ want }));
    expect([answer.status, await answer.json()]).toEqual([want, body]);
  });
});

describe('authorization', () => {
  it('by an authorizer that is not played leaves no method open', async () => {
    const refused = await call('/custom');
    expect([refused.status, refused.headers.get('x-amzn-errortype')]).toEqual([501, 'LocalStageNotPlayed']);
  });

  it('by signature tells the function and the access log who it was', async () => {
    const { host, pathname } = new URL(`${stage.urls.prod}/signed`);
    const signed = sign(
      { host, path: pathname, method: 'POST', service: 'execute-api', region: 'us-east-1', body: 'hi' },
      { accessKeyId: 'local', secretAccessKey: 'local' },
    );
    const answer = await call('/signed', {
      method: 'POST',
      headers: signed.headers as Record<string, string>,
      body: 'hi',
    });
    const event = (await answer.json()) as { requestContext: { identity: Record<string, string> } };
    const { userArn } = event.requestContext.identity;
    expect(event.requestContext.identity).toMatchObject({ accessKey: 'local', accountId: '000000000000' });
    const [entry] = await entriesOf({ path: '/prod/signed', status: '200' });
    expect([userArn?.startsWith('arn:aws:iam::'), entry?.['user']]).toEqual([true, userArn]);
  });
});

/** Entries of the access log with these values, as soon as there are any. */
async function entriesOf(wanted: Record<string, string>): Promise<Record<string, string>[]> {
  const matches = (entry: Record<string, string>): boolean =>
    Object.entries(wanted).every(([name, value]) => entry[name] === value);
  for (;;) {
    const lines = stage.accessLog().filter((line) => line.startsWith('{'));
    // A message that is not there is a dash without quotes, as AWS writes it: no JSON.
    const entries = lines.map(
      (line) => JSON.parse(line.replace('"message":-', '"message":null')) as Record<string, string>,
    );
    const found = entries.filter(matches);
    if (found.length > 0) return found;
    await sleep(20);
  }
}

describe('access logs', () => {
  it('have a line for an answer of the function', async () => {
    const answer = await call('/echo', { method: 'PUT', headers: { 'user-agent': 'a"b' } });
    const length = (await answer.arrayBuffer()).byteLength;
    const [entry] = await entriesOf({ id: answer.headers.get('x-amzn-requestid') ?? '' });
    expect(entry).toMatchObject({
      method: 'PUT',
      route: '/echo',
      path: '/prod/echo',
      status: '200',
      type: '-',
      message: null,
      length: String(length),
      lambda: '200',
      function: '200',
      error: '-',
      key: '-',
      user: '-',
      agent: 'a"b',
      protocol: 'HTTP/1.1',
      stage: 'prod',
      account: '000000000000',
    });
    expect(Number(entry?.['integration'])).toBeLessThanOrEqual(Number(entry?.['latency']));
  });

  it('let the throttled be counted (F22)', async () => {
    for (let sent = 0; sent < 3; sent += 1) await call('/strict');
    const throttled = await entriesOf({ type: 'THROTTLED', route: '/strict', integration: '-' });
    expect(throttled[0]).toMatchObject({ status: '429', message: 'Too Many Requests', function: '-' });
  });

  it('say why a function failed', async () => {
    const failed = await call('/echo', { method: 'PATCH', headers: { 'x-throw': 'why' } });
    const [entry] = await entriesOf({ id: failed.headers.get('x-amzn-requestid') ?? '' });
    expect(entry).toMatchObject({ status: '502', lambda: '200', function: '-', error: 'why' });
  });

  it('have a line for a client that left in the middle of its body', async () => {
    const { origin, pathname, host } = new URL(stage.urls.prod);
    const client = await RawClient.connect(origin);
    const head = [
      `DELETE ${pathname}/echo HTTP/1.1`,
      `Host: ${host}`,
      'User-Agent: leaver',
      'Content-Length: 9',
    ];
    client.send(...head, '', 'half');
    await sleep(50);
    client.abort();
    const [entry] = await entriesOf({ agent: 'leaver' });
    expect(entry).toMatchObject({ method: 'DELETE', status: '-', length: '0', lambda: '-' });
  });

  it('of two stages share the file of their log group', async () => {
    await call('/nowhere', {}, 'plain');
    while (!stage.accessLog().includes('403 MISSING_AUTHENTICATION_TOKEN')) await sleep(20);
  });
});
