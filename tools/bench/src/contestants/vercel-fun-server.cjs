/**
 * The least that makes @vercel/fun, which has no gateway, answer HTTP: request → proxy event 1.0 → invoke → response.
 * Arguments: folder of @vercel/fun, folder of the handler, port. The function's variables come in BENCH_VARIABLES.
 */
const { Buffer } = require('node:buffer');
const http = require('node:http');
const { randomUUID } = require('node:crypto');
const process = require('node:process');

const [funDirectory, codeDirectory, port] = process.argv.slice(2);
const { createFunction } = require(funDirectory);

const ready = createFunction({
  Code: { Directory: codeDirectory },
  Handler: 'index.handler',
  Runtime: 'nodejs',
  Environment: { Variables: JSON.parse(process.env.BENCH_VARIABLES) },
  Region: process.env.AWS_REGION,
  AccessKeyId: process.env.AWS_ACCESS_KEY_ID,
  SecretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
  MemorySize: 1024,
  Timeout: 29,
});

http
  .createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      answer(request, Buffer.concat(chunks).toString(), response).catch((error) => {
        process.stderr.write(`${error}\n`);
        response.writeHead(502).end();
      });
    });
  })
  .listen(Number(port), '127.0.0.1');

async function answer({ method, url, headers }, body, response) {
  const invoke = await ready;
  const requestId = randomUUID();
  const event = {
    resource: '/',
    path: url,
    httpMethod: method,
    headers,
    multiValueHeaders: {},
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: null,
    stageVariables: null,
    requestContext: { requestId, httpMethod: method, path: url, stage: 'prod' },
    body,
    isBase64Encoded: false,
  };
  const answered = await invoke(event);
  response.writeHead(answered.statusCode, { ...answered.headers, 'x-amzn-requestid': requestId });
  response.end(answered.body);
}
