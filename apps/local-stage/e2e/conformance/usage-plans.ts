import type { ClientRequest } from './exchange.ts';
import { at, exchange, statuses, times, type Row } from './row.ts';
import type { ConformanceStage } from './stages.ts';

/** A request of a client with a key. */
const keyed = (stage: ConformanceStage, path: string, key: string, stageName?: string): ClientRequest => ({
  url: stage.url('rest', path, stageName),
  headers: { 'x-api-key': key },
});

/** Usage plans and API keys, which REST APIs alone have. */
export const usagePlanRows: readonly Row[] = [
  {
    fact: 'F3',
    says: 'the plan comes before the method: what it refuses costs the method no token',
    rest: at(
      'roomy',
      async (stage) => {
        const limited = keyed(stage, '/planned', 'KeyOfTheOrder');
        const unlimited = keyed(stage, '/planned', 'KeyWithoutLimits');
        return statuses([...times(4, limited), ...times(2, unlimited)]);
      },
      [200, 200, 429, 429, 200, 429],
    ),
  },
  {
    fact: 'F3',
    says: 'a plan throttles a client method by method where it says so',
    rest: at(
      'roomy',
      async (stage) => {
        const of = (path: string) => times(2, keyed(stage, path, 'KeyByMethod'));
        return statuses([...of('/keyed'), ...of('/keyed-too')]);
      },
      [200, 429, 200, 200],
    ),
  },
  {
    fact: 'F5',
    says: 'a method that needs no key bypasses the plan of a key that is sent',
    rest: at(
      'roomy',
      async (stage) => {
        const free = keyed(stage, '/ok', 'KeyOfTheBypass');
        return statuses([...times(4, free), ...times(3, keyed(stage, '/keyed', 'KeyOfTheBypass'))]);
      },
      [200, 200, 200, 200, 200, 200, 429],
    ),
  },
  {
    fact: 'F5',
    says: 'each key of a plan has a bucket of its own',
    rest: at(
      'roomy',
      async (stage) => {
        const one = times(3, keyed(stage, '/keyed', 'KeyOfOneClient'));
        return statuses([...one, ...times(3, keyed(stage, '/keyed', 'KeyOfAnotherClient'))]);
      },
      [200, 200, 429, 200, 200, 429],
    ),
  },
  {
    fact: 'F5',
    says: 'all stages of the plan share it',
    rest: at(
      'roomy',
      async (stage) => {
        const of = (stageName: string) => keyed(stage, '/keyed', 'KeyOfTwoStages', stageName);
        return statuses([of('prod'), of('second'), of('prod'), of('second')]);
      },
      [200, 200, 429, 429],
    ),
  },
  {
    fact: 'F6',
    says: "an HTTP API knows no API keys and plans: a key that is used up or nobody's changes nothing",
    http: at(
      'roomy',
      async (stage) => {
        const of = (key: string) =>
          times(3, { url: stage.url('http', '/ok'), headers: { 'x-api-key': key } });
        return statuses([...of('KeyWithQuota'), ...of('NobodysKey')]);
      },
      [200, 200, 200, 200, 200, 200],
    ),
  },
  {
    fact: 'F8',
    says: 'an API key is no authentication: it does not stand in for a signature',
    rest: exchange(
      'rest',
      { path: '/signed', headers: { 'x-api-key': 'KeyWithoutLimits' } },
      { status: 403, body: '{"message":"Missing Authentication Token"}' },
    ),
  },
];
