import { route, stageOf } from './gateway/__fixtures__/http-api-stage.ts';
import { restMethod, restStage } from './gateway/__fixtures__/rest-models.ts';
import { startUpLines } from './start-up-lines.ts';
import type { StageModel } from './template/stage-model.ts';

const lines = (model: Partial<StageModel>, baseUrls: readonly string[] = ['http://one/prod']) =>
  startUpLines(
    {
      baseUrls,
      awsEndpoint: 'http://aws',
      model: {
        stackName: 'Foreign',
        region: 'eu-west-1',
        accountId: '000000000000',
        templateText: '',
        restStages: [],
        httpStages: [],
        usagePlans: [],
        apiKeys: [],
        functions: [],
        tables: [],
        outputs: [],
        notPlayed: [],
        ...model,
      },
    },
    undefined,
  );
const curlOf = (model: Partial<StageModel>, baseUrls?: readonly string[]) =>
  lines(model, baseUrls).find((line) => line.startsWith('curl'));

const takesEntries = restMethod({ httpMethod: 'POST', resourcePath: '/' });

describe('startUpLines', () => {
  it('names the API of each stage where there are several, and of none where there is one', () => {
    const one = restStage({ apiId: 'a', apiName: 'Entries' });
    expect(lines({ restStages: [one, restStage({ apiId: 'a', stageName: 'beta' })] }, ['u', 'v'])).toEqual(
      expect.arrayContaining(['ready u', 'ready v']),
    );
    const other = stageOf([], { apiId: 'b', apiName: 'Events' });
    expect(lines({ restStages: [one], httpStages: [other] }, ['u', 'v'])).toEqual(
      expect.arrayContaining(['ready u (Entries)', 'ready v (Events)']),
    );
  });

  it.each([
    ['Spillway-local', `-d '{"year":"2023","title":"kkkg","id":"12"}'`],
    ['Foreign', `-d '{}'`],
  ])('shows a body that fits the stack %s', (stackName, body) => {
    const restStages = [restStage({ methods: [restMethod(), takesEntries] })];
    expect(curlOf({ stackName, restStages })).toBe(`curl -X POST http://one/prod ${body}`);
  });

  it.each([
    ['is not played', { functionName: null }],
    ['wants a signature', { authorization: 'AWS_IAM' as const }],
    ['wants a key', { isApiKeyRequired: true }],
  ])('shows no call that %s, but the next that works', (_why, own) => {
    const closed = restStage({ methods: [restMethod(own)] });
    expect(curlOf({ restStages: [closed] })).toBeUndefined();
    const open = stageOf([route('POST /x', { functionName: null }), route('$default')]);
    expect(curlOf({ restStages: [closed], httpStages: [open] }, ['http://one/prod', 'http://two'])).toBe(
      'curl -X GET http://two',
    );
  });
});
