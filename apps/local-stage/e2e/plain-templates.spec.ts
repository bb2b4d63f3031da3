import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStageProcess } from './stage-process.ts';

const PLAIN = join(__dirname, '__fixtures__/plain-yaml/plain.yaml');
const folder = mkdtempSync(join(tmpdir(), 'spillway-plain-'));

afterAll(() => rmSync(folder, { recursive: true }));

describe('a template in YAML', () => {
  it('is played, and the folder of its inline code goes when it stops', async () => {
    const stage = await startStageProcess(
      `--template=${PLAIN}`,
      '--engine=dynalite',
      '--parameter=Colour=red',
    );
    const told = await fetch(`${stage.baseUrl}/told`);
    expect(await told.json()).toMatchObject({
      functionName: 'plain-Tell',
      resource: '/told',
      settings: { APP_COLOUR: 'red' },
    });
    const file = await (await fetch(stage.baseUrl)).text();
    expect(file).toMatch(/index\.js$/);
    expect(existsSync(file)).toBe(true);
    await stage.stop();
    expect(existsSync(file)).toBe(false);
  });
});

describe('a template that can not be played', () => {
  const cases: readonly [string, string, string, RegExp][] = [
    ['is empty', 'empty.json', '', /not JSON, want a CloudFormation template/],
    ['is a list', 'list.json', '[]', /not a CloudFormation template/],
    ['is SAM', 'sam.yaml', 'Transform: AWS::Serverless-2016-10-31\nResources: {}', /found a SAM template/],
    ['has no API', 'bare.yaml', 'Resources: {}', /no AWS::ApiGateway::Stage.* want an API with a stage/],
    [
      'goes round in a circle',
      'round.yaml',
      'Conditions: {A: !Not [!Condition A]}\nResources: {R: {Type: T, Condition: A}}',
      /R\.Condition can't be worked out: Condition A refers to itself.*break the circle/,
    ],
    [
      'has no value for what it needs',
      'lacking.yaml',
      'Parameters: {P: {Type: String}}\n' +
        'Resources: {S: {Type: "AWS::ApiGateway::Stage", Properties: {RestApiId: !Ref P}}}',
      /S\.RestApiId can't be worked out: Ref P is a parameter without a default; give --parameter P=<value>$/,
    ],
  ];

  it.each(cases)('which %s ends the start with one line', (_case, name, content, message) => {
    const file = join(folder, name);
    writeFileSync(file, content);
    const main = join(__dirname, '../src/main.ts');
    const { status, stderr } = spawnSync(process.execPath, [main, `--template=${file}`], {
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(message)]);
  });

  it.each([
    ['--parameter=Colour', /--parameter.*Want Name=value/],
    ['--import==x', /--import.*Want Name=value/],
    ['--parameter=Color=red', /--parameter Color: no such parameter, want one of Colour/],
  ])('%s is refused', (option, message) => {
    const main = join(__dirname, '../src/main.ts');
    const { status, stderr } = spawnSync(process.execPath, [main, `--template=${PLAIN}`, option], {
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([1, expect.stringMatching(message)]);
  });
});
