import { controls, HTTP_API, refusalOf } from './__fixtures__/controls.ts';
import { deleteRouteSettings, getHttpApi, getHttpStage, updateHttpStage } from './answer-api-gateway-v2.ts';

describe('getHttpApi', () => {
  it.each([
    ['us-east-1', 'amazonaws.com'],
    ['cn-north-1', 'amazonaws.com.cn'],
  ])('gives the host of an API in %s', (region, suffix) => {
    expect(getHttpApi(HTTP_API, controls({ region }))).toMatchObject({
      apiEndpoint: `https://${HTTP_API}.execute-api.${region}.${suffix}`,
      protocolType: 'HTTP',
    });
  });
});

describe('updateHttpStage', () => {
  it('changes the default and single routes, and gives routes back to the default', () => {
    const stage = controls();
    const routeSettings = { 'GET /a': { throttlingBurstLimit: 3 } };
    const change = { defaultRouteSettings: { throttlingRateLimit: 0 }, routeSettings };
    expect(updateHttpStage(HTTP_API, '$default', change, stage)).toMatchObject(change);
    expect(deleteRouteSettings(HTTP_API, '$default', 'GET /a', stage)).toBeNull();
    expect(getHttpStage(HTTP_API, '$default', stage)).toMatchObject({ routeSettings: {} });
  });

  it.each<[string, object, string, RegExp]>([
    [
      'a limit below 0',
      { defaultRouteSettings: { throttlingRateLimit: -1 } },
      'BadRequestException',
      /RateLimit/,
    ],
    [
      'what it does not change',
      { description: 'x', autoDeploy: true },
      'BadRequestException',
      /^the local stage does not change description, autoDeploy$/,
    ],
    [
      'what it does not change of a setting',
      { routeSettings: { 'GET /a': { loggingLevel: 'INFO' } } },
      'BadRequestException',
      /^the local stage does not change loggingLevel of routeSettings\.GET \/a$/,
    ],
    ['another route', { routeSettings: { 'GET /b': {} } }, 'NotFoundException', /Route by key GET \/b/],
  ])('refuses %s', (_case, change, code, message) => {
    const refusal = refusalOf(() => updateHttpStage(HTTP_API, '$default', change, controls()));
    expect(refusal).toMatchObject({ code, message: expect.stringMatching(message) as string });
  });

  it('finds no setting that is not there, no other API and no other stage', () => {
    const notFound = { code: 'NotFoundException', statusCode: 404 };
    expect(refusalOf(() => deleteRouteSettings(HTTP_API, '$default', 'GET /a', controls()))).toMatchObject(
      notFound,
    );
    expect(refusalOf(() => getHttpStage('other', '$default', controls()))).toMatchObject(notFound);
    expect(refusalOf(() => getHttpStage(HTTP_API, 'prod', controls()))).toMatchObject(notFound);
  });
});
