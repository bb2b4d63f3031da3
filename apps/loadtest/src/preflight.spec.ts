import { resolve } from 'node:path';
import type { Calibration, CalibrationRequest } from './calibrate.ts';
import { calibrateGenerators, GeneratorUnfitError, preflight } from './preflight.ts';
import type { Deployment } from './read-deployment.ts';
import type { RunContext } from './run-context.ts';
import { readSettings } from './settings.ts';

const settings = readSettings(resolve(__dirname, '../slo.json'));
const remote = {
  name: 'fargate',
  region: 'eu-west-1',
  credentialsProfile: undefined,
  results: 's3://b/p',
  bundle: '/b',
} as const;

/** A machine on which one generator holds this rate, and several hold as many times as much. */
function machineOf(eachHoldsPerSecond: number) {
  const asked: CalibrationRequest[] = [];
  const calibrateWith = async (request: CalibrationRequest): Promise<Calibration> => {
    asked.push(request);
    const workers = request.generators?.count ?? 1;
    const offeredPerSecond = request.ratePerSecond;
    const achievedRatio = Math.min(1, (workers * eachHoldsPerSecond) / offeredPerSecond);
    return { offeredPerSecond, achievedRatio, latenessP99Ms: 1, passed: achievedRatio === 1, workers };
  };
  return { asked, calibrateWith };
}

function contextOf(change: Partial<Pick<RunContext, 'workers' | 'generators' | 'access'>> = {}) {
  const lines: string[] = [];
  const context = {
    runId: 'r1',
    settings,
    access: { options: {}, variables: {} },
    profile: { ...settings.profiles.quick, maxPerSecond: 5000 },
    results: { path: '/results/r1' },
    progress: { line: (text: string) => lines.push(text), during: <T>(_: string, work: Promise<T>) => work },
    signal: new AbortController().signal,
    workers: undefined,
    generators: { count: 1 },
    ...change,
  } as unknown as RunContext;
  return { context, lines };
}

describe('preflight', () => {
  it('refuses a stage with a firewall before it asks for anything else', async () => {
    const findFirewall = async () => 'arn:aws:wafv2:eu-west-1:1:regional/webacl/edge/1';
    const stage = { stackName: 'Spillway-dev', gateway: { findFirewall } };
    const { context, lines } = contextOf({ stage } as object);
    const start = { stage: 'dev', profile: 'quick', at: new Date(0) } as const;
    await expect(preflight(context, start, {} as Deployment)).rejects.toThrow(
      /^stack Spillway-dev: found the firewall arn:.*\/edge\/1 .*, want none, .*; test a stage without "firewall"/,
    );
    expect(lines).toEqual([]);
  });
});

describe('calibrateGenerators', () => {
  it('takes one generator where one holds twice the top rate', async () => {
    const { asked, calibrateWith } = machineOf(10_000);
    const { context, lines } = contextOf();
    const { generators } = await calibrateGenerators(context, 8, calibrateWith);
    expect(generators).toEqual({ count: 1 });
    expect(asked.map(({ ratePerSecond }) => ratePerSecond)).toEqual([10_000]);
    expect(lines).toEqual(['Generator       100.0 % of 10000/s, late by 1.0 ms at p99']);
  });

  it('tries more where one is too slow and cores are left, and says so', async () => {
    const { calibrateWith } = machineOf(3000);
    const { context, lines } = contextOf();
    const { generators, calibration } = await calibrateGenerators(context, 8, calibrateWith);
    expect(generators).toEqual({ count: 4 });
    expect(calibration.workers).toBe(4);
    expect(lines[1]).toMatch(/too little; this machine has 8 cores, so 2 workers are tried/);
    expect(lines.at(-1)).toBe('Generator       4 workers, 100.0 % of 10000/s, late by 1.0 ms at p99');
  });

  it('lets it sign as it will for the stage', async () => {
    const { asked, calibrateWith } = machineOf(10_000);
    const auth = { kind: 'iam', region: 'eu-west-1', service: 'execute-api' } as const;
    const access = { options: { auth }, variables: { AWS_PROFILE: 'load' } };
    await calibrateGenerators(contextOf({ access }).context, 8, calibrateWith);
    expect(asked.map((request) => request.access)).toEqual([access]);
  });

  it.each([
    ['no core is left', {}, 2, 1],
    ['all that the machine has are too slow', {}, 4, 3],
    ['the number was asked for', { workers: 2 }, 16, 2],
  ])('gives up where %s', async (_, change, cores, workers) => {
    const { asked, calibrateWith } = machineOf(1000);
    const failing = calibrateGenerators(contextOf(change).context, cores, calibrateWith);
    await expect(failing).rejects.toThrow(GeneratorUnfitError);
    await expect(failing).rejects.toThrow(
      workers > 1 ? `${workers} workers: found` : 'generator: found 10.0 %',
    );
    expect(asked.at(-1)?.generators).toEqual({ count: workers });
  });

  it("tries one of a runner's generators here, with its share of the rate", async () => {
    const { asked, calibrateWith } = machineOf(1000);
    const { context } = contextOf({ generators: { count: 10, remote } });
    const { generators } = await calibrateGenerators(context, 2, calibrateWith);
    expect(generators).toEqual({ count: 10, remote });
    expect(asked).toMatchObject([{ ratePerSecond: 1000, generators: { count: 1 } }]);
  });

  it.each([
    ['more cores', {}, 'free this machine, take one with more cores, or lower maxPerSecond'],
    [
      "more of a runner's generators",
      { generators: { count: 2, remote } },
      'null server.*; pass a larger --count, or lower',
    ],
  ])('asks for %s where the rate is not held', async (_, change, next) => {
    const { calibrateWith } = machineOf(1000);
    const failing = calibrateGenerators(contextOf(change).context, 1, calibrateWith);
    await expect(failing).rejects.toThrow(new RegExp(next));
  });
});
