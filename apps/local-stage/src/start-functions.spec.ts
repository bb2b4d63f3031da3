import { ReservationError } from './lambda/account-concurrency.ts';
import { TEXT_LOGGING } from './lambda/function-logging.ts';
import type { LocalStageOptions } from './local-stage.ts';
import { ShutdownList } from './shutdown-list.ts';
import { startFunctions } from './start-functions.ts';
import type { FunctionModel } from './template/function-model.ts';
import type { StageModel } from './template/stage-model.ts';

const model = (own: Partial<FunctionModel> = {}): FunctionModel => ({
  name: 'f',
  arn: 'arn:aws:lambda:us-east-1:000000000000:function:f',
  roleArn: null,
  bundleDirectory: '/bundle',
  bundleHash: 'abcd',
  inlineCode: null,
  handler: 'index.handler',
  runtime: 'nodejs24.x',
  environment: {},
  moduleFolders: [],
  timeoutMs: 3_000,
  memorySizeMb: 128,
  reservedConcurrency: 100,
  logging: TEXT_LOGGING,
  logGroupName: '/aws/lambda/f',
  ...{ aliases: { live: '1' }, calledAs: 'live' },
  ...own,
});

/** Starts no process: there are no spares, and nobody invokes. */
const OPTIONS = {
  quotas: { concurrency: 1_000, rateLimit: 10_000, burstLimit: 5_000 },
  ...{ maxEnvironments: 1, spares: 0, report: () => undefined },
} as Partial<LocalStageOptions> as LocalStageOptions;

const stageOf = (...functions: FunctionModel[]) => ({ functions }) as Partial<StageModel> as StageModel;

describe('startFunctions', () => {
  const shutdown = new ShutdownList(() => undefined);
  afterAll(() => shutdown.run());

  function start() {
    const series = () => ({ record: () => undefined });
    const recorder = { record: () => undefined, series };
    const { byName, replace } = startFunctions(
      stageOf(model()),
      'http://127.0.0.1:1',
      recorder,
      OPTIONS,
      shutdown,
    );
    const played = () => {
      const { pool, versions } = byName.get('f')!;
      const { version, timeoutMs, reservedConcurrency } = pool.definition;
      return { pool: { version, timeoutMs, reservedConcurrency }, called: versions.called };
    };
    return { replace, played };
  }

  it('plays what another template declares as a version of its own', () => {
    const { replace, played } = start();
    replace(stageOf(model({ timeoutMs: 9_000, reservedConcurrency: 900 })));
    expect(played()).toEqual({
      pool: { version: '2', timeoutMs: 9_000, reservedConcurrency: 900 },
      called: { version: '2', settings: { timeoutMs: 9_000, memorySizeMb: 128 } },
    });
  });

  it('changes neither pool nor versions where the account can not spare what it reserves (F31)', () => {
    const { replace, played } = start();
    const before = played();
    expect(() => replace(stageOf(model({ timeoutMs: 9_000, reservedConcurrency: 901 })))).toThrow(
      ReservationError,
    );
    expect(played()).toEqual(before);
  });
});
