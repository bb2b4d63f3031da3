import { cdkArguments } from './cdk-command.ts';
import type { CdkRequest } from './cdk-command.ts';
import { plainStage, stageConfiguration } from './__fixtures__/configuration.ts';
import { stagesSchema } from './stages.ts';

const stages = stagesSchema.parse({
  local: { ...plainStage, deploy: 'never' },
  dev: { ...plainStage, deploy: 'any-limits' },
  prod: { ...plainStage, deploy: 'measured-limits' },
  stepped: { ...plainStage, rollout: 'canary-10-percent-5-minutes' },
});
const placeholder = (stage: string) => stageConfiguration({}, stage).throttle;
const measured = (stage: string) =>
  ({ ...placeholder(stage), evidence: { kind: 'measured' } }) as unknown as ReturnType<typeof placeholder>;

function request(change: Partial<CdkRequest>): CdkRequest {
  return {
    verb: 'deploy',
    stage: 'dev',
    profile: undefined,
    allowPlaceholder: false,
    ignoreAlarms: false,
    forwarded: [],
    ...change,
  };
}

describe('cdkArguments', () => {
  it('names the stack of the stage and the profile', () => {
    const forwarded = ['--require-approval=never'];
    expect(cdkArguments(request({ profile: 'team', forwarded }), stages, placeholder)).toEqual([
      'deploy',
      'Spillway-dev',
      '--profile=team',
      '--require-approval=never',
    ]);
  });

  it('lists every stack where no stage is said', () => {
    expect(cdkArguments(request({ verb: 'ls', stage: undefined }), stages, placeholder)).toEqual(['ls']);
  });

  it.each(['deploy', 'diff', 'destroy'] as const)('refuses to %s the local stage', (verb) => {
    expect(() => cdkArguments(request({ verb, stage: 'local' }), stages, placeholder)).toThrow(
      expect.objectContaining({
        code: 'STAGE_NOT_DEPLOYED',
        message: expect.stringMatching(/dev, prod, stepped; run/),
      }),
    );
  });

  it('lists the local stage, which touches nothing', () => {
    expect(cdkArguments(request({ verb: 'ls', stage: 'local' }), stages, placeholder)).toContain(
      'Spillway-local',
    );
  });

  it.each(['deploy', 'ls'] as const)('refuses to %s a stage nobody declared', (verb) => {
    expect(() => cdkArguments(request({ verb, stage: 'prd' }), stages, placeholder)).toThrow(
      expect.objectContaining({
        code: 'STAGE_UNKNOWN',
        message: expect.stringContaining('stage "prd" is unknown, want one of local, dev, prod, stepped'),
      }),
    );
  });

  it('refuses to deploy placeholders where the stage wants measured limits', () => {
    expect(() => cdkArguments(request({ stage: 'prod' }), stages, placeholder)).toThrow(
      expect.objectContaining({ code: 'LIMITS_NOT_MEASURED' }),
    );
  });

  it.each([
    ['limits are measured', { stage: 'prod' }, measured],
    ['placeholders are allowed in so many words', { stage: 'prod', allowPlaceholder: true }, placeholder],
    ['the stage takes any limits', { stage: 'dev' }, placeholder],
    ['alarms are ignored that would stop it', { stage: 'stepped', ignoreAlarms: true }, placeholder],
    ['nothing is deployed', { stage: 'prod', verb: 'diff' }, placeholder],
  ] as const)('goes ahead where %s', (_why, change, readThrottle) => {
    expect(cdkArguments(request(change), stages, readThrottle)[1]).toBe(`Spillway-${change.stage}`);
  });

  it.each([
    ['destroy', 'stepped', /^destroy: found --ignore-alarms, want it with deploy or diff only/],
    ['ls', undefined, /^ls: found --ignore-alarms/],
    [
      'deploy',
      'dev',
      /^deploy: found --ignore-alarms for stage "dev", whose new code takes all traffic at once/,
    ],
  ] as const)('refuses to ignore alarms that stop nothing: %s %s', (verb, stage, message) => {
    expect(() => cdkArguments(request({ verb, stage, ignoreAlarms: true }), stages, placeholder)).toThrow(
      expect.objectContaining({ code: 'ARGUMENT_REFUSED', message: expect.stringMatching(message) }),
    );
  });

  it.each(['Spillway-prod', '*', '--all'])(
    'refuses %s, which would name a stack past the checks',
    (argument) => {
      expect(() => cdkArguments(request({ forwarded: [argument] }), stages, placeholder)).toThrow(
        expect.objectContaining({ code: 'ARGUMENT_REFUSED' }),
      );
    },
  );
});
