import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bundleDir, stageConfiguration } from './__fixtures__/configuration.ts';
import { withIgnoredAlarms } from './ignored-alarms.ts';

const projectRoot = resolve(import.meta.dirname, '..');
const rollout = 'linear-10-percent-every-3-minutes' as const;
const configurations = ['staging', 'prod'].map((name) => stageConfiguration({}, name, { rollout }));

/** Whether a rollout of that stage heeds its alarms. */
function heeds(assembly: string, stage: string) {
  const text = readFileSync(join(assembly, `Spillway-${stage}.template.json`), 'utf8');
  const { Resources } = JSON.parse(text) as {
    Resources: Record<string, { Type: string; Properties: { AlarmConfiguration: { Enabled: boolean } } }>;
  };
  const groups = Object.values(Resources).filter(({ Type }) => Type === 'AWS::CodeDeploy::DeploymentGroup');
  return groups.map(({ Properties }) => Properties.AlarmConfiguration.Enabled);
}

describe('withIgnoredAlarms', () => {
  const props = { configurations, projectRoot, bundleDir };

  it('hands over an assembly in which alarms stop the rollouts of all stages but one, and removes it', async () => {
    const { assembly, heeded } = await withIgnoredAlarms('prod', props, (folder) =>
      Promise.resolve({ assembly: folder, heeded: ['staging', 'prod'].map((stage) => heeds(folder, stage)) }),
    );
    expect(heeded).toEqual([[true], [false]]);
    expect(existsSync(assembly)).toBe(false);
  });

  it('removes it also where what it was made for fails', async () => {
    let assembly = '';
    const failing = withIgnoredAlarms('prod', props, (folder) => {
      assembly = folder;
      return Promise.reject(new Error('cdk is not there'));
    });
    await expect(failing).rejects.toThrow('cdk is not there');
    expect([assembly !== '', existsSync(assembly)]).toEqual([true, false]);
  });
});
