import { printThrottleConfig } from '@spillway/throttle';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stageConfiguration } from './__fixtures__/configuration.ts';
import { readConfiguration, readStages, readThrottleFile } from './read-configuration.ts';

const config = resolve(import.meta.dirname, '../config');
const scratch = mkdtempSync(join(tmpdir(), 'spillway-configuration-'));
afterAll(() => rmSync(scratch, { recursive: true }));

describe('readConfiguration', () => {
  const configurations = readConfiguration(readStages(join(config, 'stages.json')), config);

  it('finds limits for every stage of this repository', () => {
    expect(configurations.map(({ name, throttle }) => [name, throttle.stage])).toEqual(
      ['local', 'dev', 'staging', 'prod'].map((name) => [name, name]),
    );
  });

  it('refuses a stage whose clients are guaranteed more than its limits', () => {
    writeFileSync(
      join(scratch, 'throttle.demo.json'),
      JSON.stringify(stageConfiguration({}, 'demo').throttle),
    );
    const guaranteed = { ratePerSecond: 251, burstRequests: 1 };
    const { stage } = stageConfiguration({}, 'demo', { clients: [{ name: 'team', guaranteed }] });
    expect(() => readConfiguration({ demo: stage }, scratch)).toThrow(
      expect.objectContaining({ code: 'GUARANTEES_TOO_HIGH' }),
    );
  });

  it('refuses a stage whose batches hardly ever get through', () => {
    const { stage, throttle } = stageConfiguration({ rateLimit: 1 }, 'slow');
    writeFileSync(join(scratch, 'throttle.slow.json'), JSON.stringify(throttle));
    expect(() => readConfiguration({ slow: stage }, scratch)).toThrow(
      expect.objectContaining({ code: 'BATCHES_TOO_SLOW' }),
    );
  });
});

describe('readThrottleFile', () => {
  it('refuses a timeout the gateway never sees the end of', () => {
    const broken = stageConfiguration().throttle;
    const text = JSON.stringify({ ...broken, limits: { ...broken.limits, timeoutSeconds: 300 } });
    writeFileSync(join(scratch, 'throttle.dev.json'), text);
    expect(() => readThrottleFile('dev', scratch)).toThrow(
      expect.objectContaining({
        code: 'THROTTLE_CONFIG_INVALID',
        message: expect.stringMatching(/^throttle\.dev\.json: limits\.timeoutSeconds 300: .*29 s/),
      }),
    );
  });

  it('refuses the limits of another stage', () => {
    writeFileSync(join(scratch, 'throttle.prod.json'), printThrottleConfig(stageConfiguration().throttle));
    expect(() => readThrottleFile('prod', scratch)).toThrow(/throttle\.prod\.json: stage "dev": want "prod"/);
  });

  it('says what is wanted where the file is missing', () => {
    expect(() => readThrottleFile('staging', scratch)).toThrow(
      expect.objectContaining({
        code: 'THROTTLE_CONFIG_INVALID',
        message: expect.stringMatching(/^throttle\.staging\.json: not readable/),
      }),
    );
  });
});
