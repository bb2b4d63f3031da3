import { DEPLOYED, fakeLambda } from './__fixtures__/fake-lambda.ts';
import { openFunction } from './stage-function.ts';
import { applyLimits, liftLimits, readLimits, restoreLimits, type LimitedStage } from './stage-limits.ts';

type Given = NonNullable<Parameters<typeof fakeLambda>[0]>;

const LIMITS = {
  ...{ rateLimit: 500, burstLimit: 200, reservedConcurrency: 10 },
  ...{ memorySize: DEPLOYED.MemorySize, timeoutSeconds: DEPLOYED.Timeout },
};
const ACCOUNT = { rateLimit: 10_000, burstLimit: 5000 };

/** A stage whose calls are recorded, and where those named fail. */
async function stageOf(fails: Given['fails'] = {}, alias: string | undefined = 'live') {
  const { calls, lambda, points, latest, reserved } = fakeLambda({ fails });
  let throttle = { rateLimit: LIMITS.rateLimit, burstLimit: LIMITS.burstLimit };
  const gateway = {
    readThrottle: async () => throttle,
    setThrottle: async ({ rateLimit, burstLimit }: typeof throttle) => {
      calls.push(`throttle ${rateLimit}`);
      if (fails[`throttle ${rateLimit}`]) throw new Error(`throttle ${rateLimit}: refused`);
      throttle = { rateLimit, burstLimit };
    },
  };
  const ingestFunction = await openFunction(lambda, 'f', alias);
  const stage = { stackName: 'Spillway-dev', gateway, ingestFunction } as unknown as LimitedStage;
  const look = () => [throttle.rateLimit, points(), latest().MemorySize, reserved()];
  return { calls, stage, look };
}

const tried = { ...LIMITS, rateLimit: 70, memorySize: 2048 };

/** Limits lifted and others tried, in this order. */
const LIFTED = ['point $LATEST', 'throttle 10000', 'release'];
const TRIED = ['throttle 70', 'reserve 10', 'update 4 s 2048 MB'];
/** In the order in which they are begun: the gateway beside the function, and of that one after the other. */
const RESTORED = ['throttle 500', 'point 7', 'update 4 s 1024 MB', 'reserve 10'];

describe('restoreLimits', () => {
  it('puts everything back as readLimits found it', async () => {
    const { calls, stage } = await stageOf();
    const found = await readLimits(stage);
    expect(found).toEqual(LIMITS);
    await liftLimits(stage, ACCOUNT);
    await applyLimits(stage, tried);
    expect(await readLimits(stage)).toEqual(tried);
    await restoreLimits(stage, found);
    expect(calls).toEqual([...LIFTED, ...TRIED, ...RESTORED]);
    expect(await readLimits(stage)).toEqual(LIMITS);
  });

  it.each<[readonly string[], unknown[]]>([
    [['throttle 500'], [70, '7', 1024, 10]],
    [['point 7'], [500, '$LATEST', 1024, 10]],
    [['update 4 s 1024 MB'], [500, '7', 2048, 10]],
    [
      ['throttle 500', 'update 4 s 1024 MB'],
      [70, '7', 2048, 10],
    ],
    [
      ['throttle 500', 'point 7', 'update 4 s 1024 MB'],
      [70, '$LATEST', 2048, 10],
    ],
  ])('puts back all but %j where those fail, and gives every reason', async (failing, left) => {
    const fails = Object.fromEntries(failing.map((call) => [call, 'refused'] as const));
    const { calls, stage, look } = await stageOf(fails);
    await liftLimits(stage, ACCOUNT);
    await applyLimits(stage, tried);
    const error = await restoreLimits(stage, LIMITS).then(
      () => null,
      (reason: Error) => reason,
    );
    expect(error).toMatchObject({ code: 'LIMITS_NOT_RESTORED' });
    expect(error?.message).toMatch(/^stack Spillway-dev was left without all of its limits \(/);
    expect(error?.message).toMatch(/want \{"rateLimit":500,.*\}: npx nx run loadtest restore --stage=dev$/);
    for (const call of failing) expect(error?.message).toContain(`${call}: refused`);
    expect((error?.cause as AggregateError).errors).toHaveLength(failing.length);
    expect(calls.slice(LIFTED.length + TRIED.length)).toEqual(RESTORED);
    expect(look()).toEqual(left);
  });

  it('puts back all but the reservation where that fails', async () => {
    const { calls, stage, look } = await stageOf({ 'reserve 10': 'refused' });
    await liftLimits(stage, ACCOUNT);
    await expect(restoreLimits(stage, LIMITS)).rejects.toThrow('reserve 10: refused');
    // The lift left memory and timeout as they were.
    expect(calls).toEqual([...LIFTED, 'throttle 500', 'point 7', 'reserve 10']);
    expect(look()).toEqual([500, '7', 1024, undefined]);
  });
});

describe('liftLimits', () => {
  it.each<[string, 'refused' | 'lost', string | undefined]>([
    ['point $LATEST', 'refused', 'live'],
    ['point $LATEST', 'lost', 'live'],
    ['throttle 10000', 'refused', 'live'],
    ['throttle 10000', 'refused', undefined],
    ['release', 'refused', 'live'],
    ['release', 'lost', 'live'],
    ['release', 'lost', undefined],
  ])('that ends at %s (%s), alias %s, can be put back', async (call, failure, alias) => {
    const { stage, look } = await stageOf({ [call]: failure }, alias);
    await expect(liftLimits(stage, ACCOUNT)).rejects.toThrow(call);
    await restoreLimits(stage, LIMITS);
    expect(look()).toEqual([500, '7', 1024, 10]);
  });
});
