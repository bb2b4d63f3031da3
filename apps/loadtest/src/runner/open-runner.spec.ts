import { resolve } from 'node:path';
import type { RunContext } from '../run-context.ts';
import { readSettings } from '../settings.ts';
import type { StageAccess } from '../stage/stage-access.ts';
import { openRunner } from './open-runner.ts';

const settings = readSettings(resolve(__dirname, '../../slo.json'));

/** Opens a runner for a stage that lets requests in like this. */
function opening(options: StageAccess['options']) {
  const lines: string[] = [];
  const context = {
    stage: { region: 'eu-west-1', accountId: '123456789012', credentialsProfile: undefined },
    access: { options, variables: {} },
    settings,
    sweeps: [],
    profile: settings.profiles.full,
    progress: { line: (text: string) => lines.push(text) },
    results: { path: '/results/r1', runId: 'r1' },
  } as unknown as RunContext;
  return {
    opened: openRunner({ runner: 'lambda', count: 2, yes: false, keep: false, workspace: '/' }, context),
    lines,
  };
}

describe('openRunner', () => {
  it.each<[string, StageAccess['options'], string, RegExp]>([
    [
      'a stage that wants signatures',
      { auth: { kind: 'iam', region: 'eu-west-1', service: 'execute-api' } },
      'RUNNER_NOT_ALLOWED',
      /found a stage that wants signatures, want one that is open; .* send from this machine$/,
    ],
    [
      'a key',
      { apiKey: { env: 'KEY' } },
      'RUNNER_LACKS_KEY',
      /found --api-key-env, .* send from this machine$/,
    ],
    ['what costs too much', {}, 'LOAD_TOO_COSTLY', /found at most .* requests in .* pass --yes/],
  ])('refuses %s before anything is prepared', async (_what, options, code, message) => {
    const { opened, lines } = opening(options);
    await expect(opened).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    expect(lines).toEqual([]);
  });
});
