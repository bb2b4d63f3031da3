import { parseEnvironment } from './environment.ts';

describe('parseEnvironment', () => {
  it('reads and writes inside the project where nothing is set', () => {
    const { projectRoot, ...paths } = parseEnvironment({});
    expect(paths).toEqual({
      stagesFile: `${projectRoot}/config/stages.json`,
      throttleDir: `${projectRoot}/config`,
      bundleDir: projectRoot.replace(/infra$/, 'ingest/dist'),
      outdir: `${projectRoot}/cdk.out`,
      defaultStage: undefined,
    });
  });

  it('takes what is set', () => {
    expect(
      parseEnvironment({ CDK_OUTDIR: '/out', SPILLWAY_THROTTLE_DIR: '/limits', SPILLWAY_STAGE: 'staging' }),
    ).toMatchObject({ outdir: '/out', throttleDir: '/limits', defaultStage: 'staging' });
  });
});
