import { request } from 'node:http';
import { ECHO_TEMPLATE, startStageProcess, type StageProcess } from './stage-process.ts';

let stage: StageProcess;

beforeAll(async () => {
  stage = await startStageProcess(`--template=${ECHO_TEMPLATE}`, '--engine=dynalite');
});

afterAll(() => stage.stop());

const call = (path: string, init?: RequestInit): Promise<Response> => fetch(`${stage.baseUrl}${path}`, init);

describe('what a client of the REST API sees', () => {
  it.each([
    [
      'F13 unknown path',
      'GET',
      '/nowhere',
      403,
      '{"message":"Missing Authentication Token"}',
      'MissingAuthenticationTokenException',
    ],
    [
      'F13 unknown method',
      'DELETE',
      '/items/1',
      403,
      '{"message":"Missing Authentication Token"}',
      'MissingAuthenticationTokenException',
    ],
    [
      'F17 function threw',
      'GET',
      '/throw',
      502,
      '{"message": "Internal server error"}',
      'InternalServerErrorException',
    ],
    [
      'F17 function exited',
      'GET',
      '/exit',
      502,
      '{"message": "Internal server error"}',
      'InternalServerErrorException',
    ],
    [
      'F17 malformed response',
      'GET',
      '/malformed',
      502,
      '{"message": "Internal server error"}',
      'InternalServerErrorException',
    ],
    [
      'F18 integration timeout',
      'POST',
      '/hang',
      504,
      '{"message": "Endpoint request timed out"}',
      'InternalServerErrorException',
    ],
    [
      'F19 function timeout',
      'GET',
      '/hang',
      502,
      '{"message": "Internal server error"}',
      'InternalServerErrorException',
    ],
  ])('%s', async (_case, method, path, status, body, errorType) => {
    const response = await call(path, { method });
    expect([response.status, await response.text()]).toEqual([status, body]);
    expect(response.headers.get('x-amzn-errortype')).toBe(errorType);
    expect(response.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    expect(response.headers.get('x-amzn-trace-id')).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};/);
  });

  it('F10: a method whose bucket is empty answers 429 without Retry-After, its neighbour still answers', async () => {
    const statuses: number[] = [];
    for (let sent = 0; sent < 3; sent += 1) statuses.push((await call('/strict')).status);
    const refused = await call('/strict');
    expect(statuses).toEqual([200, 200, 429]);
    expect([refused.status, await refused.text()]).toEqual([429, '{"message":"Too Many Requests"}']);
    expect(refused.headers.get('x-amzn-errortype')).toBe('TooManyRequestsException');
    expect(refused.headers.has('retry-after')).toBe(false);
    expect((await call('/strict', { method: 'POST' })).status).toBe(200);
  });

  it('F14: takes a body of 10 MB at the front door and refuses one more byte', async () => {
    const over = await call('/echo', { method: 'POST', body: 'x'.repeat(10_485_761) });
    expect([over.status, await over.text()]).toEqual([413, 'HTTP content length exceeded 10485760 bytes.']);
    expect(over.headers.get('content-type')).toBe('text/plain');
    const within = await call('/echo', { method: 'POST', body: 'x'.repeat(10_485_760) });
    expect(await within.text()).toBe('{"message":"Request Too Long"}');
  });

  it('F14: refuses a chunked body once it passes 10 MB', async () => {
    const answer = await new Promise<number | undefined>((resolve, reject) => {
      const upload = request(`${stage.baseUrl}/echo`, { method: 'POST' }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      upload.once('error', reject);
      for (let sent = 0; sent < 11; sent += 1) upload.write(Buffer.alloc(1024 * 1024, 'x'));
      upload.end();
    });
    expect(answer).toBe(413);
  });

  it('F15: counts the escaping of the event against 6 MB', async () => {
    const plain = await call('/multi', { method: 'POST', body: 'x'.repeat(6_200_000) });
    expect(plain.status).toBe(201);
    const escaped = await call('/multi', { method: 'POST', body: '"'.repeat(3_200_000) });
    expect([escaped.status, await escaped.text()]).toEqual([413, '{"message":"Request Too Long"}']);
  });

  it('F16: with reserved concurrency 2 the third simultaneous request is refused before the others end', async () => {
    const order: number[] = [];
    const send = async (): Promise<{ status: number; body: string }> => {
      const response = await call('/slow');
      order.push(response.status);
      return { status: response.status, body: await response.text() };
    };
    const answers = await Promise.all([send(), send(), send()]);
    expect(order).toEqual([500, 200, 200]);
    expect(answers.find(({ status }) => status === 500)?.body).toBe('{"message": "Internal server error"}');
    expect((await call('/slow')).status).toBe(200);
  });

  it('passes status, single and repeated headers and the body of the function on', async () => {
    const response = await call('/multi');
    expect([response.status, await response.text()]).toEqual([201, 'created']);
    expect(response.headers.get('content-type')).toBe('text/plain');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  it('gives the function an event with the path, query, variables and body of the request', async () => {
    const response = await call('/files/a/b?x=1&x=2', { method: 'PUT', body: 'grüezi' });
    expect(await response.json()).toMatchObject({
      resource: '/files/{proxy+}',
      path: '/files/a/b',
      httpMethod: 'PUT',
      pathParameters: { proxy: 'a/b' },
      queryStringParameters: { x: '2' },
      multiValueQueryStringParameters: { x: ['1', '2'] },
      stageVariables: { colour: 'blue' },
      body: 'grüezi',
      isBase64Encoded: false,
      requestContext: { stage: 'prod', path: '/prod/files/a/b', accountId: '000000000000' },
    });
  });

  it("sets Lambda's and the template's variables, and the engine's address", async () => {
    const variables = await (await call('/environment')).json();
    expect(variables).toMatchObject({
      TABLE_NAME: 'Echo-Table',
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_LAMBDA_FUNCTION_NAME: 'Echo-EchoFunction',
      AWS_ENDPOINT_URL_DYNAMODB: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string,
    });
  });

  it('answers HEAD without a body', async () => {
    const response = await call('/echo', { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });
});

describe('what it says at start', () => {
  it('names once what it does not play, and a call that works', () => {
    expect(stage.output().match(/AWS::SNS::Topic/g)).toHaveLength(1);
    expect(stage.output()).toContain('output Unknowable');
    expect(stage.output()).toContain(`ready ${stage.baseUrl}\n`);
    expect(stage.output()).toContain(`curl -X POST ${stage.baseUrl} -d`);
    expect(stage.output()).toContain(`aws endpoint ${stage.awsEndpoint} `);
  });
});
