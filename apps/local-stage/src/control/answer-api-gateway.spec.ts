import { controls, refusalOf, REST_API } from './__fixtures__/controls.ts';
import { getRestApi, getStage, updateStage } from './answer-api-gateway.ts';

const patch = (...patchOperations: readonly object[]) => ({ patchOperations });
const replace = (path: string, value?: string) => ({ op: 'replace', path, value });

describe('getRestApi', () => {
  it('tells the name that the metrics of the API carry (F60)', () => {
    expect(getRestApi(REST_API, controls())).toEqual({ id: REST_API, name: 'api', createdDate: 0 });
  });

  it.each(['other', 'http123456'])('knows no REST API %s', (apiId) => {
    expect(refusalOf(() => getRestApi(apiId, controls()))).toEqual({
      code: 'NotFoundException',
      statusCode: 404,
      message: 'Invalid API identifier specified',
    });
  });
});

describe('getStage', () => {
  it('tells what of the stage is played, and nothing of the rest', () => {
    expect(JSON.parse(JSON.stringify(getStage(REST_API, 'prod', controls())))).toEqual({
      deploymentId: 'dep123',
      stageName: 'prod',
      methodSettings: {
        '*/*': { throttlingRateLimit: 10, throttlingBurstLimit: 20 },
        '~1/GET': { metricsEnabled: true, throttlingRateLimit: 1, throttlingBurstLimit: 2 },
      },
      variables: { colour: 'blue' },
      createdDate: 0,
      lastUpdatedDate: 0,
    });
  });

  it.each([
    ['other', 'prod', 'Invalid API identifier specified'],
    [REST_API, 'dev', 'Invalid Stage identifier specified'],
  ])('finds no stage %s %s', (apiId, stageName, message) => {
    const refusal = refusalOf(() => getStage(apiId, stageName, controls()));
    expect(refusal).toEqual({ code: 'NotFoundException', statusCode: 404, message });
  });
});

describe('updateStage', () => {
  it.each([
    ['0', 0],
    ['0.5', 0.5],
    ['-1', -1],
  ])('takes a rate limit of %s', (value, throttlingRateLimit) => {
    const changed = updateStage(
      REST_API,
      'prod',
      patch(replace('/~1items~1{id}/GET/throttling/rateLimit', value)),
      controls(),
    );
    expect(changed).toMatchObject({ methodSettings: { '~1items~1{id}/GET': { throttlingRateLimit } } });
  });

  it('removes a setting', () => {
    const changed = updateStage(REST_API, 'prod', patch({ op: 'remove', path: '/~1/GET' }), controls());
    expect(changed).toMatchObject({ methodSettings: { '*/*': {} } });
    expect(changed).not.toHaveProperty(['methodSettings', '~1/GET']);
  });

  it.each<[string, object, string, RegExp]>([
    ['-5', replace('/*/*/throttling/rateLimit', '-5'), 'BadRequestException', /'-5', want a number ≥ 0/],
    [
      '-1.5',
      replace('/*/*/throttling/rateLimit', '-1.5'),
      'BadRequestException',
      /'-1\.5', want a number ≥ 0/,
    ],
    [
      'an empty value',
      replace('/*/*/throttling/burstLimit', ''),
      'BadRequestException',
      /'', want an integer/,
    ],
    [
      'a fraction',
      replace('/*/*/throttling/burstLimit', '1.5'),
      'BadRequestException',
      /want an integer ≥ 0/,
    ],
    ['no value', replace('/*/*/throttling/rateLimit'), 'BadRequestException', /none, want/],
    ['words', replace('/*/*/throttling/rateLimit', '0x10'), 'BadRequestException', /'0x10', want/],
    ['a cache', replace('/*/*/caching/enabled', 'true'), 'BadRequestException', /does not patch replace/],
    ['what is below', replace('/*/*/throttling/rateLimit/x', '1'), 'BadRequestException', /does not patch/],
    [
      'another method',
      replace('/nope/GET/throttling/rateLimit', '1'),
      'NotFoundException',
      /no method GET nope/,
    ],
    ['a half default', replace('/*/GET/throttling/rateLimit', '1'), 'NotFoundException', /no method GET \*/],
    ['what is not set', { op: 'remove', path: '/~1items~1{id}/GET' }, 'NotFoundException', /no setting for/],
    ['an operation without a path', { op: 'replace' }, 'BadRequestException', /patchOperations\.1\.path/],
  ])('refuses %s, and then nothing of the request happens', (_case, operation, code, message) => {
    const stage = controls();
    const good = replace('/*/*/throttling/rateLimit', '77');
    const refusal = refusalOf(() => updateStage(REST_API, 'prod', patch(good, operation), stage));
    expect(refusal).toMatchObject({ code, message: expect.stringMatching(message) as string });
    expect(getStage(REST_API, 'prod', stage)).toMatchObject({
      methodSettings: { '*/*': { throttlingRateLimit: 10 } },
    });
  });
});
