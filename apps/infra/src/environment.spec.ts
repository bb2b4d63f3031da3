import { readFileSync } from 'node:fs';
import { environment, parseEnvironment } from './environment.ts';

describe('parseEnvironment', () => {
  it('reads and writes inside the project where nothing is set', () => {
    const { projectRoot, ...paths } = parseEnvironment({});
    expect(paths).toEqual({
      stagesFile: `${projectRoot}/config/stages.json`,
      githubFile: `${projectRoot}/config/github.json`,
      throttleDir: `${projectRoot}/config`,
      bundleDir: projectRoot.replace(/infra$/, 'ingest/dist'),
      outdir: `${projectRoot}/cdk.out`,
      defaultStage: undefined,
      places: [],
    });
  });

  it('takes what is set', () => {
    const variables = {
      CDK_OUTDIR: '/out',
      SPILLWAY_STAGES_FILE: '/stages.json',
      SPILLWAY_THROTTLE_DIR: '/limits',
      SPILLWAY_STAGE: 'staging',
    };
    expect(parseEnvironment(variables)).toMatchObject({
      outdir: '/out',
      stagesFile: '/stages.json',
      throttleDir: '/limits',
      defaultStage: 'staging',
    });
  });

  it('reads where stages go, a dash in a name written as an underscore', () => {
    const variables = { SPILLWAY_DEV_ACCOUNT: '123456789012', SPILLWAY_EU_PROD_REGION: 'eu-west-1' };
    expect(parseEnvironment(variables).places).toEqual([
      { variable: 'SPILLWAY_DEV_ACCOUNT', stage: 'dev', field: 'account', value: '123456789012' },
      { variable: 'SPILLWAY_EU_PROD_REGION', stage: 'eu-prod', field: 'region', value: 'eu-west-1' },
    ]);
  });

  it('takes a variable set to nothing as not set', () => {
    const { places, outdir, projectRoot } = parseEnvironment({ SPILLWAY_DEV_ACCOUNT: '', CDK_OUTDIR: '' });
    expect({ places, outdir }).toEqual({ places: [], outdir: `${projectRoot}/cdk.out` });
  });
});

describe('targets of this project', () => {
  const project = readFileSync(`${environment.projectRoot}/project.json`, 'utf8');
  const { targets } = JSON.parse(project) as {
    targets: Record<string, { options: { env?: Record<string, string> } }>;
  };

  it.each(['synth', 'deploy', 'diff', 'destroy', 'ls', 'preflight'])(
    '%s takes stages and limits from nowhere else',
    (name) => {
      expect(targets[name]?.options.env).toMatchObject({
        SPILLWAY_STAGES_FILE: '',
        SPILLWAY_THROTTLE_DIR: '',
      });
    },
  );
});
