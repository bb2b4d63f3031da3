import { request } from 'node:http';
import { sign } from 'aws4';
import { HTTP_TEMPLATE, startStageProcess, type StageProcess } from './stage-process.ts';

let stage: StageProcess;
let origins: string[];

beforeAll(async () => {
  stage = await startStageProcess(`--template=${HTTP_TEMPLATE}`, '--engine=dynalite');
  origins = [...stage.output().matchAll(/^ready (\S+)/gm)].map(([, url]) => url ?? '');
});

afterAll(() => stage.stop());

const call = (path: string, init?: RequestInit): Promise<Response> => fetch(`${stage.baseUrl}${path}`, init);

const eventOf = async (path: string, init?: RequestInit): Promise<Record<string, unknown>> =>
  (await (await call(path, init)).json()) as Record<string, unknown>;

describe('what a client of the HTTP API sees', () => {
  it.each([
    ['F17 function threw', 'GET', '/?act=throw', 500, 'Internal Server Error'],
    ['F17 function exited', 'GET', '/?act=exit', 500, 'Internal Server Error'],
    ['F17 malformed response, format 2.0', 'GET', '/?act=malformed', 500, 'Internal Server Error'],
    ['F17 malformed response, format 1.0', 'GET', '/legacy/1?act=infer', 500, 'Internal Server Error'],
    ['F18 integration timeout', 'POST', '/hang?act=hang', 503, 'Service Unavailable'],
    ['F19 function timeout', 'GET', '/hang?act=hang', 500, 'Internal Server Error'],
    ['no signature where AWS_IAM is required', 'GET', '/signed', 403, 'Forbidden'],
  ])('%s', async (_case, method, path, status, message) => {
    const response = await call(path, { method });
    expect([response.status, await response.text()]).toEqual([status, `{"message":"${message}"}`]);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('apigw-requestid')).toMatch(/^[\w-]{15}=$/);
    expect(response.headers.has('x-amzn-errortype')).toBe(false);
  });

  it('F13: answers 404 where no route takes the request, and where no stage does', async () => {
    const pets = origins[2] ?? '';
    for (const path of [`${pets}/cats`, pets.replace('/dev', '/other'), pets.replace('/dev', '/')]) {
      const response = await fetch(path);
      expect([response.status, await response.text()]).toEqual([404, '{"message":"Not Found"}']);
    }
  });

  it('F10: a route whose bucket is empty answers 429 without Retry-After, its neighbours still answer', async () => {
    const statuses: number[] = [];
    for (let sent = 0; sent < 3; sent += 1) statuses.push((await call('/strict')).status);
    const refused = await call('/strict');
    expect(statuses).toEqual([200, 200, 429]);
    expect([refused.status, await refused.text()]).toEqual([429, '{"message":"Too Many Requests"}']);
    expect(refused.headers.has('retry-after')).toBe(false);
    expect((await call('/strict', { method: 'POST' })).status).toBe(200);
    expect((await call('/prod/strict')).status).toBe(200);
  });

  it('F14: takes a body of 10 MB at the front door and refuses one more byte', async () => {
    const over = await call('/', { method: 'POST', body: 'x'.repeat(10_485_761) });
    expect([over.status, await over.text()]).toEqual([413, 'HTTP content length exceeded 10485760 bytes.']);
    expect(over.headers.get('content-type')).toBe('text/plain');
    const within = await call('/', { method: 'POST', body: 'x'.repeat(10_485_760) });
    expect([within.status, within.headers.get('content-type')]).toEqual([413, 'application/json']);
  });

  it('F15: counts base64 against 6 MB', async () => {
    const post = async (type: string): Promise<number> => {
      const init = { method: 'POST', headers: { 'content-type': type }, body: 'x'.repeat(5_000_000) };
      return (await call('/?act=untyped', init)).status;
    };
    expect(await post('text/plain')).toBe(200);
    expect(await post('application/octet-stream')).toBe(413);
  });

  it('F16: with reserved concurrency 2 the third simultaneous request is refused', async () => {
    const statuses = await Promise.all(
      Array.from({ length: 3 }, async () => (await call('/slow?act=slow')).status),
    );
    expect(statuses.sort()).toEqual([200, 200, 503]);
  });

  it('says that it does not play a token or another host, rather than serve them', async () => {
    for (const path of ['/token', '/elsewhere']) {
      const response = await call(path);
      expect([response.status, await response.text()]).toEqual([
        501,
        '{"message":"local stage: the integration or authorizer of this route is not played"}',
      ]);
    }
  });
});

describe('what the function is sent and what comes back', () => {
  it('chooses stage and route, and sends format 2.0', async () => {
    expect(await eventOf('/items/a%20b/?x=1&x=2')).toMatchObject({
      version: '2.0',
      routeKey: 'GET /items/{id}',
      rawPath: '/items/a b/',
      rawQueryString: 'x=1&x=2',
      queryStringParameters: { x: '1,2' },
      pathParameters: { id: 'a b' },
      requestContext: { stage: '$default', accountId: '000000000000' },
    });
    expect(await eventOf('/prod/files/a/b')).toMatchObject({
      routeKey: 'ANY /files/{proxy+}',
      rawPath: '/prod/files/a/b',
      pathParameters: { proxy: 'a/b' },
      stageVariables: { colour: 'blue' },
      requestContext: { stage: 'prod' },
    });
    expect(await eventOf('/items/1', { method: 'DELETE' })).toMatchObject({ routeKey: '$default' });
    expect(await eventOf('/alias')).toMatchObject({ routeKey: 'ANY /alias' });
  });

  it('sends format 1.0 where the integration asks for it', async () => {
    const init = { method: 'PUT', headers: { 'content-type': 'text/plain' }, body: 'grüezi' };
    expect(await eventOf('/legacy/7', init)).toMatchObject({
      version: '1.0',
      resource: '/legacy/{id}',
      httpMethod: 'PUT',
      body: 'grüezi',
      isBase64Encoded: false,
      requestContext: { resourcePath: '/legacy/{id}' },
    });
  });

  it('reads a chunked body', async () => {
    const event = await new Promise<string>((resolve, reject) => {
      const upload = request(`${stage.baseUrl}/`, { method: 'POST' }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.once('end', () => resolve(text));
      });
      upload.once('error', reject);
      upload.setHeader('Content-Type', 'text/plain');
      upload.write('one ');
      upload.end('two');
    });
    expect(JSON.parse(event)).toMatchObject({ body: 'one two', headers: { 'content-length': '7' } });
  });

  it('serves a quick-created API', async () => {
    const response = await fetch(`${origins[3]}/any/path`);
    expect(await response.json()).toMatchObject({ routeKey: '$default', rawPath: '/any/path' });
  });

  it.each([
    ['text', 200, 'application/json', 'plain text'],
    ['infer', 200, 'application/json', '{"message":"inferred"}'],
    ['nothing', 200, 'application/json', 'null'],
    ['untyped', 200, 'text/plain; charset=utf-8', 'untyped'],
    ['rich', 201, 'text/css', 'body {}'],
  ])('answers what the function means by %s', async (act, status, type, body) => {
    const response = await call(`/?act=${act}`);
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      status,
      type,
      body,
    ]);
  });

  it('passes cookies, repeated headers and bytes on', async () => {
    expect((await call('/?act=rich')).headers.getSetCookie()).toEqual(['a=1; Secure', 'b=2']);
    expect((await call('/legacy/1?act=lists')).headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect([...new Uint8Array(await (await call('/?act=binary')).arrayBuffer())]).toEqual([0, 255, 1]);
  });

  it('answers HEAD and 204 without a body', async () => {
    const head = await call('/?act=text', { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '10', '']);
    const empty = await call('/?act=empty');
    expect([empty.status, await empty.text()]).toEqual([204, '']);
  });
});

describe('a route with AWS_IAM', () => {
  const send = (secretAccessKey: string): Promise<Response> => {
    const { host } = new URL(stage.baseUrl);
    const parts = { service: 'execute-api', region: stage.region, host, method: 'POST', path: '/signed' };
    const headers = { 'Content-Type': 'text/plain' };
    const signed = sign({ ...parts, headers, body: 'mine' }, { accessKeyId: 'local', secretAccessKey });
    return call('/signed', { method: 'POST', headers: signed.headers, body: 'mine' });
  };

  it('lets in who signed with a key of the stage, and tells the function who it was', async () => {
    const response = await send('local');
    expect(await response.json()).toMatchObject({
      routeKey: 'ANY /signed',
      body: 'mine',
      requestContext: { authorizer: { iam: { accessKey: 'local', accountId: '000000000000' } } },
    });
  });

  it('answers 403 to a signature of another key', async () => {
    const response = await send('other');
    expect([response.status, await response.text()]).toEqual([403, '{"message":"Forbidden"}']);
  });
});

describe('CORS', () => {
  const origin = 'https://app.example';
  const preflight = (path: string, from: string): Promise<Response> =>
    call(path, { method: 'OPTIONS', headers: { origin: from, 'access-control-request-method': 'POST' } });

  it('answers a preflight request by itself, with no route needed', async () => {
    for (const path of ['/', '/nowhere', '/prod/items/1']) {
      const response = await preflight(path, origin);
      expect([response.status, await response.text()]).toEqual([204, '']);
      expect(response.headers.get('access-control-allow-origin')).toBe(origin);
      expect(response.headers.get('access-control-allow-credentials')).toBe('true');
      expect(response.headers.get('access-control-allow-methods')).toBe('GET,POST');
      expect(response.headers.get('access-control-allow-headers')).toBe('content-type,x-token');
      expect(response.headers.get('access-control-max-age')).toBe('300');
    }
    const foreign = await preflight('/', 'https://other.example');
    expect([foreign.status, foreign.headers.has('access-control-allow-origin')]).toEqual([204, false]);
  });

  it('asks for the signature of a preflight where the route wants one', async () => {
    expect((await preflight('/signed', origin)).status).toBe(403);
  });

  it("puts its own headers in the place of the function's", async () => {
    const { headers } = await call('/?act=rich', { headers: { origin } });
    expect(headers.get('access-control-allow-origin')).toBe(origin);
    expect(headers.get('access-control-expose-headers')).toBe('x-count');
    expect((await call('/?act=rich')).headers.has('access-control-allow-origin')).toBe(false);
  });

  it('leaves them to the function where the API configures none', async () => {
    const response = await fetch(`${origins[3]}/?act=rich`, { headers: { origin } });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  });
});
