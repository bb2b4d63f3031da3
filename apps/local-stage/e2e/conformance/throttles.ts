import { setTimeout as sleep } from 'node:timers/promises';
import { APIGatewayClient, GetStageCommand } from '@aws-sdk/client-api-gateway';
import { GetServiceQuotaCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { send } from './exchange.ts';
import { at, both, fits, statuses, times, type Row } from './row.ts';
import type { ConformanceStage, Kind } from './stages.ts';

/** Limits of the `narrow` stage's account. */
const ACCOUNT = { rateLimit: 20, burstLimit: 20 };

/** F1: that the six tokens of a bucket of 1 take the time in which 5 are refilled at 10/s, however slow the client. */
async function refill(stage: ConformanceStage, kind: Kind): Promise<unknown> {
  const startMs = performance.now();
  let refused = 0;
  for (let admitted = 0; admitted < 6;) {
    const { status } = await send({ url: stage.url(kind, '/refill') });
    if (status === 200) admitted += 1;
    else refused += 1;
  }
  return { isAtLeast500Ms: performance.now() - startMs >= 500, someRefused: refused > 0 };
}

/** Waits until the account's bucket, which other rows may have used, is full again. */
const fillAccount = (): Promise<void> => sleep((ACCOUNT.burstLimit / ACCOUNT.rateLimit) * 1000 + 100);

/** F2: empties the account's bucket through one API and calls the other. */
async function emptyAccount(stage: ConformanceStage, kind: Kind): Promise<unknown> {
  await fillAccount();
  const other = kind === 'rest' ? 'http' : 'rest';
  const startMs = performance.now();
  const of = (api: Kind) => times(40, { url: stage.url(api, '/ok') });
  const answers = await Promise.all([...of(kind), ...of(other)].map(send));
  const elapsedSeconds = (performance.now() - startMs) / 1000;
  const admitted = answers.filter(({ status }) => status === 200).length;
  const refused = answers.filter(({ status }) => status === 429).length;
  const most = ACCOUNT.burstLimit + ACCOUNT.rateLimit * elapsedSeconds;
  return [fits(admitted, ACCOUNT.burstLimit, most), admitted + refused];
}

/** F3: what a method or route refuses costs the account nothing. */
async function methodBeforeAccount(stage: ConformanceStage, kind: Kind): Promise<unknown> {
  await fillAccount();
  const url = stage.url(kind, '/strict');
  const refused = await Promise.all(times(60, { url }).map(send));
  const rest = await Promise.all(times(17, { url: stage.url(kind, '/ok') }).map(send));
  return {
    admittedByMethod: refused.filter(({ status }) => status === 200).length,
    admittedByAccount: rest.filter(({ status }) => status === 200).length,
  };
}

async function quota({ aws }: ConformanceStage, QuotaCode: string): Promise<unknown> {
  const found = await new ServiceQuotasClient(aws).send(
    new GetServiceQuotaCommand({ ServiceCode: 'apigateway', QuotaCode }),
  );
  return found.Quota?.Value;
}

async function settingsWithoutThrottle({ aws, outputs }: ConformanceStage): Promise<unknown> {
  const { methodSettings } = await new APIGatewayClient(aws).send(
    new GetStageCommand({ restApiId: outputs['RestApiId'], stageName: 'second' }),
  );
  const { throttlingRateLimit, throttlingBurstLimit } = methodSettings?.['*/*'] ?? {};
  return { throttlingRateLimit, throttlingBurstLimit };
}

/** How API Gateway throttles. */
export const throttleRows: readonly Row[] = [
  {
    fact: 'F1',
    says: 'a bucket of 3 admits three requests at once, and a fourth only when a token is there',
    ...both(
      (stage, kind) => statuses(times(5, { url: stage.url(kind, '/burst') })),
      [200, 200, 200, 429, 429],
    ),
  },
  {
    fact: 'F1',
    says: 'tokens come back at the rate',
    ...both(refill, { isAtLeast500Ms: true, someRefused: true }),
  },
  {
    fact: 'F2',
    says: 'the account has 10,000 requests/s and a bucket of 5,000',
    stage: at(
      'roomy',
      async (stage) => [await quota(stage, 'L-8A5B8E43'), await quota(stage, 'L-CDF5615A')],
      [10_000, 5_000],
    ),
  },
  {
    fact: 'F2',
    says: 'all APIs of the account share its bucket',
    ...both(emptyAccount, ['fits', 80], 'narrow'),
  },
  {
    fact: 'F3',
    says: 'the method comes before the account: what it refuses costs the account no token',
    ...both(methodBeforeAccount, { admittedByMethod: 3, admittedByAccount: 17 }, 'narrow'),
  },
  {
    fact: 'F4',
    says: '/*/* is a default for each method: each has a bucket of its own',
    rest: at(
      'roomy',
      async (stage) => {
        const of = (method: string, path: string) =>
          times(3, { method, url: stage.url('rest', path, 'each') });
        return statuses([...of('GET', '/a'), ...of('POST', '/a'), ...of('GET', '/b')]);
      },
      [200, 200, 429, 200, 200, 429, 200, 200, 429],
    ),
  },
  {
    fact: 'F6',
    says: 'a stage of an HTTP API throttles the routes that have no throttle of their own',
    http: at(
      'roomy',
      (stage) => statuses(times(3, { url: stage.url('http', '/ok', 'each') })),
      [200, 200, 429],
    ),
  },
  {
    fact: 'F7',
    says: 'a method setting without throttle values leaves the stage at 10,000 / 5,000',
    stage: at('roomy', settingsWithoutThrottle, {
      throttlingRateLimit: 10_000,
      throttlingBurstLimit: 5_000,
    }),
  },
];
