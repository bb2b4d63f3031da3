import { templateWith } from '../__fixtures__/temporary-workspace.ts';
import { readStageTemplate, routeName } from './stage-template.ts';

const withStage = (Type: string, Properties: object) => ({
  Resources: { ...templateWith().Resources, Stage: { Type, Properties } },
});

describe('readStageTemplate', () => {
  it('reads the buckets of a REST API by route', async () => {
    const MethodSettings = [
      { HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 2000 },
      { HttpMethod: 'POST', ResourcePath: '/~1batch~1large', ThrottlingRateLimit: 0.5 },
    ];
    const { buckets } = await readStageTemplate(withStage('AWS::ApiGateway::Stage', { MethodSettings }));
    expect(Object.fromEntries(buckets)).toEqual({
      '*/*': { rateLimit: 1000, burstLimit: 2000 },
      'POST /batch/large': { rateLimit: 0.5 },
    });
  });

  it('reads those of an HTTP API under the same names', async () => {
    const properties = {
      DefaultRouteSettings: { ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 2000 },
      RouteSettings: { 'POST /batch': { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 200 } },
    };
    const { buckets } = await readStageTemplate(withStage('AWS::ApiGatewayV2::Stage', properties));
    expect(Object.fromEntries(buckets)).toEqual({
      '*/*': { rateLimit: 1000, burstLimit: 2000 },
      'POST /batch': { rateLimit: 1, burstLimit: 200 },
    });
  });

  it('finds none in a template without a gateway, and its fingerprint all the same', async () => {
    expect(await readStageTemplate(templateWith())).toMatchObject({
      buckets: new Map(),
      fingerprint: { bundle: 'ab'.repeat(32), memorySize: 1024 },
    });
  });
});

describe('routeName', () => {
  it.each([
    ['*', '*', '*/*'],
    ['~1', 'POST', 'POST /'],
    ['~1batch', 'POST', 'POST /batch'],
    ['*', 'POST', 'POST *'],
  ])('of %s and %s is %s', (path, method, name) => expect(routeName(path, method)).toBe(name));
});
