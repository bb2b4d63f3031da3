import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { RestGateway } from './rest-gateway.ts';

const ARN = 'arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/edge/1';

let server: Server;
let stage: object;
beforeAll(async () => {
  server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(stage));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());

function gateway(): RestGateway {
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  return new RestGateway({ region: 'eu-west-1', endpoint, credentials }, 'api', 'prod');
}

describe('RestGateway', () => {
  it.each<[string, object, string | null]>([
    ['the firewall in front of the stage', { webAclArn: ARN }, ARN],
    ['none where there is none', {}, null],
  ])('finds %s', async (_what, answer, expected) => {
    stage = { stageName: 'prod', ...answer };
    expect(await gateway().findFirewall()).toBe(expected);
  });

  it.each<[string, object, object]>([
    ['both limits', { throttlingRateLimit: 5, throttlingBurstLimit: 2 }, { rateLimit: 5, burstLimit: 2 }],
    ['one that is set', { throttlingRateLimit: 5 }, { rateLimit: 5 }],
  ])('reads %s of every method', async (_what, setting, expected) => {
    stage = { methodSettings: { '*/*': setting, '~1batch/POST': { throttlingRateLimit: 1 } } };
    expect(await gateway().readThrottle()).toEqual(expected);
  });
});
