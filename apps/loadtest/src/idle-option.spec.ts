import { idleOption } from './idle-option.ts';
import type { LoadtestOptions } from './run-loadtest.ts';

const idle = (
  of: Pick<LoadtestOptions, 'stage' | 'runner'>,
  ...given: readonly (keyof LoadtestOptions)[]
): string | null => idleOption(of, (option) => given.includes(option));

const local = { stage: 'local', runner: 'local' } as const;
const deployed = { stage: 'dev', runner: 'local' } as const;
const fargate = { stage: 'dev', runner: 'fargate' } as const;

describe('idleOption', () => {
  it.each([
    ['engine', '--engine'],
    ['dynamodbEndpoint', '--dynamodb-endpoint'],
    ['meter', '--meter'],
  ] as const)('takes %s for a local stage only', (option, flag) => {
    expect(idle(deployed, option)).toBe(`found ${flag} with --stage=dev, want it for a local stage only`);
    expect(idle(local, option)).toBeNull();
  });

  it.each([
    ['metricWait', '--metric-wait'],
    ['metricPeriod', '--metric-period'],
  ] as const)('takes %s for a deployed stage only', (option, flag) => {
    expect(idle(local, option)).toMatch(`found ${flag} with a local stage, want it for a deployed one`);
    expect(idle(deployed, option)).toBeNull();
  });

  it('takes a profile for a deployed stage only', () => {
    expect(idle(local, 'awsProfile')).toMatch(/^found --aws-profile with a local stage, want --stage=/);
    expect(idle(deployed, 'awsProfile')).toBeNull();
  });

  it('takes workers for generators here, and a count for those on AWS', () => {
    expect(idle(fargate, 'workers')).toMatch(/^found --workers with --runner=fargate, want --count/);
    expect(idle(deployed, 'count')).toMatch(/^found --count without a --runner on AWS, want --workers/);
    expect([idle(deployed, 'workers'), idle(fargate, 'count')]).toEqual([null, null]);
  });

  it('has nothing against what is not given', () => {
    expect([local, deployed, fargate].map((of) => idle(of))).toEqual([null, null, null]);
  });
});
