import {
  parseExplainableConfig,
  parseThrottleConfig,
  printThrottleConfig,
  ThrottleConfigError,
} from './throttle-config.ts';
import type { ThrottleConfig } from './throttle-config.ts';

const placeholder: ThrottleConfig = {
  stage: 'dev',
  limits: {
    rateLimit: 1000,
    burstLimit: 2000,
    reservedConcurrency: 100,
    memorySize: 1024,
    timeoutSeconds: 29,
  },
  evidence: { kind: 'placeholder', note: 'nobody measured these' },
};

const measured: ThrottleConfig = {
  ...placeholder,
  evidence: {
    kind: 'measured',
    runId: '20260101-000000-abcd',
    stage: 'dev',
    measuredAt: '2026-01-01T00:00:00.000Z',
    bound: { by: 'function-cpu', because: 'p99 rose with the busy share' },
    measurements: {
      sustainedRate: { lowerPerSecond: 400, upperPerSecond: null },
      serviceTime: { meanUpperMs: 12.5, tailUpperMs: 80 },
      burst: { cleanRequests: 40, answeredWithinMs: 250 },
      itemBytes: 1024,
      memorySize: 1024,
      quotas: {
        accountConcurrency: 1000,
        otherReservedConcurrency: 0,
        accountRatePerSecond: 10_000,
        accountBurst: 5000,
        tableWriteUnitsPerSecond: 4000,
      },
      targets: {
        latencyMs: 300,
        errorRatio: 0.01,
        headroomRatio: 0.8,
        blockingRatio: 0.0001,
        sdkRetryBudgetMs: 500,
      },
    },
    generator: { achievedRatio: 0.999, latenessP99Ms: 3 },
    audit: { acknowledged: 10, stored: 10, lost: 0, unknown: 0 },
    fingerprint: { bundle: 'b'.repeat(64), template: 'a'.repeat(64), memorySize: 1024 },
  },
};

const parse = (config: unknown) => parseThrottleConfig(JSON.stringify(config), 'throttle.dev.json');
const withLimits = (limits: Record<string, unknown>) => ({
  ...placeholder,
  limits: { ...placeholder.limits, ...limits },
});

describe('parseThrottleConfig', () => {
  it.each([
    ['a placeholder', placeholder],
    ['measured limits', measured],
  ])('takes %s as it is', (_what, config) => expect(parse(config)).toEqual(config));

  it.each([
    ['rateLimit', 0.001, 0],
    ['burstLimit', 1, 0],
    ['burstLimit', 2, 1.5],
    ['reservedConcurrency', 1, 0],
    ['memorySize', 128, 127],
    ['memorySize', 10_240, 10_241],
    ['timeoutSeconds', 1, 0],
    ['timeoutSeconds', 29, 30],
    ['timeoutSeconds', 7, 7.5],
  ])('takes %s %d and refuses %d', (field, accepted, refused) => {
    expect(parse(withLimits({ [field]: accepted })).limits).toMatchObject({ [field]: accepted });
    expect(() => parse(withLimits({ [field]: refused }))).toThrow(
      expect.objectContaining({
        code: 'THROTTLE_CONFIG_INVALID',
        file: 'throttle.dev.json',
        message: expect.stringContaining(`throttle.dev.json: limits.${field} ${refused}: `),
      }),
    );
  });

  it("explains the ceiling of the timeout by the gateway's", () => {
    expect(() => parse(withLimits({ timeoutSeconds: 300 }))).toThrow(/timeoutSeconds 300: .*504 after 29 s/);
  });

  it.each([
    ['an unknown limit', withLimits({ rateLimt: 1 }), /limits: .*rateLimt/],
    ['a missing limit', withLimits({ rateLimit: undefined }), /limits\.rateLimit/],
    ['a number in quotes', withLimits({ rateLimit: '50' }), /limits\.rateLimit "50"/],
    ['a stage name no stack may have', { ...placeholder, stage: 'Dev' }, /stage "Dev"/],
    ['evidence of no known kind', { ...placeholder, evidence: { kind: 'guessed' } }, /evidence/],
    [
      'a placeholder without a reason',
      { ...placeholder, evidence: { kind: 'placeholder', note: '' } },
      /note ""/,
    ],
    ['nothing', null, /\(file\) null/],
  ])('refuses %s and says where', (_what, config, message) => {
    expect(() => parse(config)).toThrow(message);
  });

  it('names every problem of a file at once', () => {
    try {
      parse(withLimits({ burstLimit: 0, timeoutSeconds: 300 }));
      throw new Error('not reached');
    } catch (error) {
      expect(error).toBeInstanceOf(ThrottleConfigError);
      expect((error as ThrottleConfigError).issues).toHaveLength(2);
    }
  });

  it('refuses what is not JSON', () => {
    expect(() => parseThrottleConfig('{', 'throttle.dev.json')).toThrow(/^throttle\.dev\.json: not JSON/);
  });
});

describe('printThrottleConfig', () => {
  it.each([
    ['a placeholder', placeholder],
    ['measured limits', measured],
  ])('prints %s so that it parses to the same', (_what, config) => {
    expect(parseThrottleConfig(printThrottleConfig(config), 'f')).toEqual(config);
  });

  it('prints in one order, whatever the order of the keys, with a newline at the end', () => {
    const { stage, limits, evidence } = placeholder;
    const reversed = Object.fromEntries(Object.entries(limits).reverse()) as typeof limits;
    expect(printThrottleConfig({ evidence, limits: reversed, stage })).toBe(printThrottleConfig(placeholder));
    expect(printThrottleConfig(placeholder)).toMatch(/^\{\n {2}"stage": "dev",[^]*\}\n$/);
  });

  it('prints no configuration that could not be read back', () => {
    expect(() =>
      printThrottleConfig({ ...placeholder, limits: { ...placeholder.limits, timeoutSeconds: 30 } }),
    ).toThrow(/29 s/);
  });
});

describe('parseExplainableConfig', () => {
  const explainable = (config: unknown) => parseExplainableConfig(JSON.stringify(config), 'mine.json');

  it.each([
    ['a throttle file', measured],
    ['limits alone', { limits: placeholder.limits }],
    ['a timeout beyond the gateway', withLimits({ timeoutSeconds: 900 })],
  ])('takes %s', (_what, config) => {
    expect(explainable(config)).toEqual(config);
  });

  it('quotes a binary file without its control characters', () => {
    const parseBinary = () => parseExplainableConfig('\u001b[31m\u0007ELF', 'mine.json');
    expect(parseBinary).toThrow(/^mine\.json: not JSON: \P{Cc}*; want a throttle file$/u);
  });

  it.each([
    ['a timeout that Lambda does not have', withLimits({ timeoutSeconds: 901 }), 'limits.timeoutSeconds 901'],
    ['no limits', { stage: 'dev' }, 'limits missing'],
    ['a field nobody knows', { ...placeholder, limit: 1 }, 'Unrecognized key: "limit"'],
  ])('refuses %s', (_what, config, message) => {
    expect(() => explainable(config)).toThrow(ThrottleConfigError);
    expect(() => explainable(config)).toThrow(message);
  });
});
