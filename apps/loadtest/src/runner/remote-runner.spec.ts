import { remoteArguments, resultsLocation } from './remote-runner.ts';

describe('resultsLocation', () => {
  it.each([
    ['fargate', 's3://artilleryio-test-data-123456789012/spillway/run-1'],
    ['lambda', 's3://artilleryio-test-data-123456789012-eu-west-1/spillway/run-1'],
  ] as const)('is where the role of %s workers may write', (name, location) => {
    expect(resultsLocation(name, '123456789012', 'eu-west-1', 'run-1')).toBe(location);
  });
});

describe('remoteArguments', () => {
  const request = {
    name: 'burst-01',
    purpose: 'burst',
    arrivals: { kind: 'burst', requests: 40, withinMs: 20 },
    warmUpMs: 0,
    holdMs: 800,
    limits: 'lifted',
    payloadBytes: 1024,
    horizonMs: 1000,
    baseUrl: 'https://x.example/prod',
    runId: 'r1',
    resultsDirectory: '/results/r1',
  } as const;
  const remote = {
    name: 'lambda',
    region: 'eu-west-1',
    credentialsProfile: undefined,
    results: 's3://bucket/spillway/r1',
    bundle: '/results/r1/runner',
  } as const;

  it('sends the bundled scenario from as many places as asked, which meet in S3', () => {
    const args = remoteArguments(request, 4, remote, '/results/r1/report.json');
    expect(args.slice(0, 5)).toEqual(['run-lambda', '--region', 'eu-west-1', '--count', '4']);
    expect(args.at(-1)).toBe('/results/r1/runner/burst.yml');
    const overrides = JSON.parse(args[args.indexOf('--overrides') + 1] ?? '');
    expect(overrides.config.engines.spillway).toMatchObject({
      runId: 'r1',
      resultsDirectory: 's3://bucket/spillway/r1',
      shards: { count: 4 },
      pace: { name: 'burst-01', arrivals: request.arrivals },
    });
  });

  it('shares a step also when there is one place: its results are in S3 all the same', () => {
    const args = remoteArguments(request, 1, remote, 'report.json');
    const overrides = JSON.parse(args[args.indexOf('--overrides') + 1] ?? '');
    expect(overrides.config.engines.spillway.shards.count).toBe(1);
  });
});
