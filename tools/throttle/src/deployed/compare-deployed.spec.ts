import { recommend } from '@spillway/capacity';
import { exampleMeasurements } from '@spillway/capacity/testing';
import type { BucketLimits, Limits, MeasuredEvidence, ThrottleConfig } from '@spillway/throttle';
import { placeholder } from '../__fixtures__/temporary-workspace.ts';
import { compareDeployed } from './compare-deployed.ts';
import { describeDrift } from './describe-drift.ts';
import type { DeployedStage } from './read-deployed.ts';

const limits = recommend(exampleMeasurements).limits;
const fingerprint = { bundle: 'ab'.repeat(32), template: 'cd'.repeat(32), memorySize: limits.memorySize };
const evidence: MeasuredEvidence = {
  kind: 'measured',
  runId: 'one',
  stage: 'dev',
  measuredAt: '2026-05-12T09:20:00.000Z',
  bound: { by: 'host', because: 'it was full' },
  measurements: exampleMeasurements,
  generator: { achievedRatio: 1, latenessP99Ms: 1 },
  audit: { acknowledged: 1, stored: 1, lost: 0, unknown: 0 },
  fingerprint,
};
const measured: ThrottleConfig = { stage: 'dev', limits, evidence };
const BATCH: [string, BucketLimits] = ['POST /batch', { rateLimit: 1, burstLimit: 40 }];

const deployedWith = (found: Limits, changes: Partial<DeployedStage> = {}): DeployedStage => ({
  stage: 'dev',
  stackName: 'Spillway-dev',
  stackStatus: 'UPDATE_COMPLETE',
  accountId: '111122223333',
  region: 'eu-west-1',
  buckets: new Map([['*/*', { rateLimit: found.rateLimit, burstLimit: found.burstLimit }], BATCH]),
  functionLimits: found,
  alias: null,
  lease: null,
  fingerprint,
  ...changes,
});
const template = { fingerprint, buckets: new Map<string, BucketLimits>([['*/*', limits], BATCH]) };

const compare = (deployed: DeployedStage, config = measured) =>
  compareDeployed(deployed, { config, template });
const problems = (...args: Parameters<typeof compare>) =>
  Object.fromEntries(
    compare(...args).flatMap(({ name, problem }) => (problem === null ? [] : [[name, problem]])),
  );
const plain = (_style: string, text: string) => text;
const described = (...args: Parameters<typeof compare>) =>
  describeDrift(args[0], compare(...args), 'throttle.dev.json', plain);

describe('compareDeployed', () => {
  it('finds nothing where deployment, file and evidence agree', () => {
    expect(problems(deployedWith(limits))).toEqual({});
    expect(described(deployedWith(limits))).toContain('Verdict  no drift');
  });

  it('tells a limit changed by hand, in the stage, from one edited in the file', () => {
    const edited = { ...limits, burstLimit: limits.burstLimit + 1 };
    expect(problems(deployedWith({ ...limits, rateLimit: 5000 }))).toEqual({
      rateLimit: 'not what the file says',
    });
    expect(problems(deployedWith(edited), { ...measured, limits: edited })).toEqual({
      burstLimit: 'the file is not what the evidence gives',
    });
    expect(problems(deployedWith(limits), { ...measured, limits: edited })).toEqual({
      burstLimit: 'not what the file says; the file is not what the evidence gives',
    });
  });

  it('says nothing of the evidence of a placeholder', () => {
    const config = { ...placeholder, stage: 'dev' };
    expect(
      problems(deployedWith(config.limits, { fingerprint: { ...fingerprint, bundle: 'x' } }), config),
    ).toEqual({});
    expect(compare(deployedWith(config.limits), config).map((row) => row.evidence)).toEqual(
      Array.from({ length: 8 }, () => null),
    );
  });

  it.each<[string, Partial<DeployedStage>, Record<string, string>]>([
    [
      'a reservation that is gone',
      { functionLimits: { ...limits, reservedConcurrency: null } },
      { reservedConcurrency: 'not set' },
    ],
    ['a route that lost its bucket', { buckets: new Map([['*/*', limits]]) }, { 'POST /batch': 'not set' }],
    [
      'a bucket that nobody declared',
      { buckets: new Map([['*/*', limits], BATCH, ['GET /', { rateLimit: 1, burstLimit: 1 }]]) },
      { 'GET /': 'not in the template' },
    ],
    [
      'other code than was measured',
      { fingerprint: { ...fingerprint, bundle: 'ef'.repeat(32) } },
      { bundle: 'not what was measured' },
    ],
    [
      'an alias without a version',
      { alias: { name: 'live', versions: ['$LATEST'] } },
      { 'alias live': 'a load test is under way, or was killed' },
    ],
    [
      'a lease of a load test',
      { lease: 'run=one state=lifted' },
      { lease: 'a load test is under way, or was killed' },
    ],
    [
      'an alias on two versions',
      { alias: { name: 'live', versions: ['3', '4'] } },
      { 'alias live': 'a deployment shifts the traffic' },
    ],
  ])('finds %s', (_what, changes, found) => {
    expect(problems(deployedWith(limits, changes))).toEqual(found);
  });

  it('takes code that is not deployed yet for no drift', () => {
    const ahead = { ...template, fingerprint: { ...fingerprint, bundle: 'ef'.repeat(32) } };
    const rows = compareDeployed(deployedWith(limits), { config: measured, template: ahead });
    expect(rows.filter(({ problem }) => problem !== null)).toEqual([]);
  });
});

describe('describeDrift', () => {
  it('has a row a thing, aligned, and a next step for each kind of problem', () => {
    const text = described(deployedWith({ ...limits, rateLimit: 5000 }));
    expect(text.split('\n')[0]).toBe(
      'Stage    dev, account 111122223333, eu-west-1, stack Spillway-dev (UPDATE_COMPLETE)',
    );
    expect(text).toMatch(/✗ rateLimit +5,000\/s +912\/s +912\/s +not what the file says/);
    expect(text).toMatch(/✓ memorySize +1,024 MB +1,024 MB +1,024 MB$/m);
    expect(text).toMatch(/Next +npx nx deploy infra --stage=dev --revert-drift/);
    expect(text).not.toContain('throttle update');
  });

  it('says why the code could not be compared', () => {
    const text = described(deployedWith(limits, { fingerprint: 'not allowed' }));
    expect(text).toContain('could not be read: not allowed');
    expect(text).toContain('no drift');
  });
});
