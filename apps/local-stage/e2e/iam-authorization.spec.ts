import { once } from 'node:events';
import { request as sendRequest, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Sha256 } from '@smithy/core/checksum';
import { HttpRequest } from '@smithy/core/protocols';
import { SignatureV4 } from '@smithy/signature-v4';
import { sign } from 'aws4';
import { startStageProcess, type StageProcess } from './stage-process.ts';

const FOLDER = join(__dirname, '__fixtures__/iam-stage');
const LOCAL = { accessKeyId: 'local', secretAccessKey: 'local' };
const DEPLOYER = { accessKeyId: 'AKIADEPLOYER', secretAccessKey: 'deploy/secret+1' };
const GUEST = { accessKeyId: 'ASIAGUEST', secretAccessKey: 'guest-secret', sessionToken: 'guest/token==' };

let stage: StageProcess;
let signedApi: string;
let guardedApi: string;
let httpApi: string;

beforeAll(async () => {
  stage = await startStageProcess(
    `--template=${join(FOLDER, 'Iam.template.json')}`,
    `--credentials=${join(FOLDER, 'credentials')}`,
    '--engine=dynalite',
  );
  const origins = [...stage.output().matchAll(/^ready (\S+)/gm)].map(([, baseUrl = '']) => baseUrl);
  [signedApi = '', guardedApi = '', httpApi = ''] = origins;
});

afterAll(() => stage.stop());

interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly body?: string;
  readonly headers?: Record<string, string>;
  readonly signQuery?: boolean;
  /** Where the connection comes from; Linux answers on all of 127.0.0.0/8. */
  readonly from?: string;
}

interface Answer {
  readonly status: number;
  readonly errorType: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly json: Record<string, unknown>;
}

/** @param credentials null to send it unsigned */
async function call(
  api: string,
  credentials: Parameters<typeof sign>[1] | null,
  asked: Asked,
): Promise<Answer> {
  const { method = 'POST', path, body, headers = {}, signQuery = false, from = '127.0.0.1' } = asked;
  const url = new URL(`${api}${path}`);
  const target = { method, host: url.host, path: `${url.pathname}${url.search}`, headers: { ...headers } };
  const signable = { ...target, service: 'execute-api', region: 'us-east-1', signQuery };
  const sent = credentials
    ? sign(body === undefined ? signable : { ...signable, body }, credentials)
    : target;
  const { hostname, port } = url;
  const to = { hostname, port, method, path: sent.path, headers: sent.headers, localAddress: from };
  const request = sendRequest(to);
  const answered = once(request, 'response') as Promise<[IncomingMessage]>;
  request.end(body);
  const [response] = await answered;
  return {
    status: response.statusCode ?? 0,
    errorType: response.headers['x-amzn-errortype'] as string | undefined,
    headers: response.headers,
    json: JSON.parse(await text(response)) as Record<string, unknown>,
  };
}

describe('a method with AWS_IAM', () => {
  it('lets a signed request through and tells the function who signed', async () => {
    const answer = await call(signedApi, DEPLOYER, { path: '/signed?b=2&a=1', body: '{"id":"grüezi"}' });
    expect(answer).toMatchObject({
      status: 200,
      json: {
        body: '{"id":"grüezi"}',
        identity: {
          accessKey: 'AKIADEPLOYER',
          accountId: '000000000000',
          userArn: 'arn:aws:iam::000000000000:user/deployer',
          sourceIp: '127.0.0.1',
        },
      },
    });
  });

  it.each<[why: string, Asked]>([
    ['in its query', { path: '/signed?x=1', signQuery: true }],
    ['over an encoded path', { method: 'GET', path: '/a%20b/c%2Fd/%C3%BC' }],
    ['over an empty body', { method: 'PUT', path: '/signed' }],
  ])('takes a signature %s with the default key', async (_why, asked) => {
    expect(await call(signedApi, LOCAL, asked)).toMatchObject({ status: 200 });
  });

  it("takes a signature of the SDK's signer", async () => {
    const signer = new SignatureV4({
      service: 'execute-api',
      region: 'us-east-1',
      credentials: LOCAL,
      sha256: Sha256,
    });
    const url = new URL(`${signedApi}/signed`);
    const asked = new HttpRequest({
      method: 'POST',
      path: url.pathname,
      headers: { host: url.host },
      body: 'sdk',
    });
    const { headers } = await signer.sign(asked);
    expect((await fetch(url, { method: 'POST', headers, body: 'sdk' })).status).toBe(200);
    expect((await fetch(url, { method: 'POST', headers, body: 'other' })).status).toBe(403);
  });

  it.each<[why: string, Parameters<typeof sign>[1] | null, Asked, errorType: string, message: RegExp]>([
    [
      'F13 no signature',
      null,
      { path: '/signed' },
      'MissingAuthenticationTokenException',
      /^Missing Authentication Token$/,
    ],
    [
      'another secret',
      { ...LOCAL, secretAccessKey: 'x' },
      { path: '/signed' },
      'InvalidSignatureException',
      /^The request signature we calculated does not match the signature you provided\. Check your AWS Secret Access Key and signing method\. Consult the service documentation for details\./,
    ],
    [
      'an unknown key',
      { ...LOCAL, accessKeyId: 'x' },
      { path: '/signed' },
      'UnrecognizedClientException',
      /^The security token included in the request is invalid\.$/,
    ],
    [
      'a missing session token',
      { ...GUEST, sessionToken: '' },
      { path: '/signed' },
      'UnrecognizedClientException',
      /^The security token included in the request is invalid\.$/,
    ],
    [
      'an old signature',
      LOCAL,
      { path: '/signed', headers: { 'X-Amz-Date': '20200101T000000Z' } },
      'InvalidSignatureException',
      /^Signature expired: 20200101T000000Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 5 min\.\)$/,
    ],
    [
      'a token that is no signature',
      null,
      { path: '/signed', headers: { Authorization: 'Bearer abc' } },
      'IncompleteSignatureException',
      /^'abc' not a valid key=value pair \(missing equal-sign\) in Authorization header: 'Bearer abc'\.$/,
    ],
  ])('refuses %s', async (_why, credentials, asked, errorType, message) => {
    const answer = await call(signedApi, credentials, asked);
    expect(answer).toMatchObject({
      status: 403,
      errorType,
      json: { message: expect.stringMatching(message) as string },
    });
  });

  it.each([
    ['a token of another kind', 'Bearer abc', 'IncompleteSignatureException'],
    ['nothing', undefined, 'MissingAuthenticationTokenException'],
  ])('answers an unknown route with %s as if it wanted a signature', async (_why, token, errorType) => {
    const headers: Record<string, string> = token === undefined ? {} : { Authorization: token };
    expect(await call(guardedApi, null, { path: '/nowhere', headers })).toMatchObject({
      status: 403,
      errorType,
    });
  });

  it('answers with the gateway response that the template customises', async () => {
    const answer = await call(signedApi, { ...LOCAL, secretAccessKey: 'x' }, { path: '/signed' });
    expect(answer.headers['x-refused']).toBe('signature');
  });

  it('counts a request against its throttle only once it is authorized', async () => {
    for (let sent = 0; sent < 3; sent += 1)
      expect((await call(signedApi, null, { path: '/strict' })).status).toBe(403);
    const statuses = [];
    for (let sent = 0; sent < 2; sent += 1)
      statuses.push((await call(signedApi, LOCAL, { path: '/strict' })).status);
    expect(statuses).toEqual([200, 429]);
  });

  it('leaves its neighbour without authorization open', async () => {
    expect(await call(signedApi, null, { method: 'GET', path: '/open' })).toMatchObject({
      status: 200,
      json: { identity: { accessKey: null, userArn: null } },
    });
  });

  it('refuses a caller of another account, as no policy lets it in', async () => {
    const answer = await call(signedApi, GUEST, { path: '/signed' });
    expect([answer.status, answer.errorType]).toEqual([403, 'AccessDeniedException']);
  });
});

describe('--credentials', () => {
  it('ends the process with a reason when the file can not be read', async () => {
    const start = startStageProcess(
      `--template=${join(FOLDER, 'Iam.template.json')}`,
      '--credentials=/nowhere/credentials',
      '--engine=dynalite',
    );
    await expect(start).rejects.toThrow(
      "/nowhere/credentials: can't be read; choose another with --credentials",
    );
  });
});

describe('an API with a resource policy', () => {
  it.each<[why: string, Parameters<typeof sign>[1] | null, Asked, status: number, suffix: RegExp | null]>([
    ['lets in what it allows', null, { method: 'GET', path: '/public' }, 200, null],
    ['refuses what it does not speak of', null, { method: 'POST', path: '/public' }, 403, /POST\/public$/],
    [
      'refuses what it denies',
      null,
      { method: 'GET', path: '/public', from: '127.0.0.2' },
      403,
      /GET\/public with an explicit deny$/,
    ],
    ["needs no allowance for the API's own account", LOCAL, { path: '/shared' }, 200, null],
    ['lets in another account that it allows', GUEST, { path: '/shared' }, 200, null],
    ['does not allow by a condition that is not played', GUEST, { path: '/partner' }, 403, /POST\/partner$/],
    [
      "denies to the API's own account too",
      LOCAL,
      { path: '/shared', from: '127.0.0.2' },
      403,
      /with an explicit deny$/,
    ],
  ])('%s', async (_why, credentials, asked, status, suffix) => {
    const answer = await call(guardedApi, credentials, asked);
    expect(answer.status).toBe(status);
    if (!suffix) return;
    const who = credentials ? 'arn:aws:iam::\\*{8}\\d{4}:user/\\w+' : 'anonymous';
    expect(answer.errorType).toBe('AccessDeniedException');
    expect(answer.json['Message']).toMatch(
      new RegExp(
        `^User: ${who} is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:\\*{8}0000:\\w+/prod/.*${suffix.source}`,
      ),
    );
  });

  it('says at start which of its conditions are not played', () => {
    expect(stage.output()).toContain('policy condition BinaryEquals on aws:SourceVpc');
    expect(stage.output()).not.toContain('RestApi.Policy');
  });
});

describe('a route of an HTTP API with AWS_IAM', () => {
  it.each<[why: string, Parameters<typeof sign>[1] | null, status: number, json: object]>([
    ['lets a signed request through', DEPLOYER, 200, { iam: { accessKey: 'AKIADEPLOYER' }, body: 'b' }],
    ['refuses an unsigned one without a reason', null, 403, { message: 'Forbidden' }],
    ['refuses a wrong signature likewise', { ...LOCAL, secretAccessKey: 'x' }, 403, { message: 'Forbidden' }],
  ])('%s', async (_why, credentials, status, json) => {
    const answer = await call(httpApi, credentials, {
      path: '/signed',
      headers: { 'Content-Type': 'text/plain' },
      body: 'b',
    });
    expect(answer).toMatchObject({ status, json });
  });
});

describe('the quota on the head of a request', () => {
  it.each([
    ['apart from the URL by a REST API', () => signedApi, 403],
    ['together with it by an HTTP API', () => httpApi, 431],
  ])('is counted %s', async (_how, api, status) => {
    const long = { headers: { 'X-Long': 'a'.repeat(6000) }, method: 'POST' };
    expect((await fetch(`${api()}/signed?${'b'.repeat(6000)}`, long)).status).toBe(status);
  });
});
