import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTemplate } from './read-template.ts';
import { TemplateError } from './template-error.ts';

const folder = mkdtempSync(join(tmpdir(), 'spillway-templates-'));

afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const SAM = 'AWS::Serverless-2016-10-31';

describe('readTemplate', () => {
  it.each([
    ['nothing', 'empty.json', '', /not JSON, want a CloudFormation template/],
    ['a list', 'list.json', [], /not a CloudFormation template: \(file\)/],
    ['text', 'text.json', '"x"', /not a CloudFormation template: \(file\)/],
    ['no resources', 'bare.json', { Outputs: {} }, /not a CloudFormation template: Resources/],
    ['a resource without a type', 'typeless.json', { Resources: { A: {} } }, /: Resources\.A\.Type/],
    [
      'properties that are a list',
      'odd.json',
      { Resources: { A: { Type: 'T', Properties: [] } } },
      /: Resources\.A\.Properties/,
    ],
    ['SAM', 'sam.json', { Transform: SAM, Resources: {} }, /found a SAM template.*want plain.*Processed/],
    ['SAM among others', 'sams.json', { Transform: ['X', SAM], Resources: {} }, /found a SAM template/],
    [
      'a loop',
      'loop.json',
      { Resources: { 'Fn::ForEach::Queues': [] } },
      /found Fn::ForEach::Queues in Resources/,
    ],
    ['broken YAML', 'broken.yaml', 'a: [', /not YAML \(.*\), want a CloudFormation template/],
  ])('refuses %s', async (_case, name, content, message) => {
    const file = write(name, content);
    await expect(readTemplate(file)).rejects.toThrow(TemplateError);
    await expect(readTemplate(file)).rejects.toThrow(message);
  });

  it('refuses a folder, and what is not there', async () => {
    await expect(readTemplate(folder)).rejects.toThrow(/can't be read, want a CloudFormation template/);
    await expect(readTemplate(join(folder, 'none.json'))).rejects.toThrow(/can't be read/);
  });

  it('reads YAML with short and long forms, and leaves dates alone', async () => {
    const file = write(
      'Plain.yaml',
      `AWSTemplateFormatVersion: 2010-09-09
Conditions:
  Both: !And [!Condition A, !Not [!Equals [!Ref X, yes]]]
Resources:
  Fn:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: !Sub '\${AWS::StackName}-fn'
      Role: !GetAtt Role.Arn
      Parts: !Join ['-', [!Ref A, !Select [0, !Split [',', 'a,b']]]]
      Long: { 'Fn::Sub': ['\${x}', { x: !ImportValue y }] }
      Code: !If
        - Both
        - ./here
        - !FindInMap [M, a, b]
      More: !Sub
        - '\${z}'
        - z: !GetAZs ''
`,
    );
    const { template, stackName } = await readTemplate(file);
    expect(stackName).toBe('Plain');
    expect(template).toEqual({
      AWSTemplateFormatVersion: '2010-09-09',
      Conditions: {
        Both: { 'Fn::And': [{ Condition: 'A' }, { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'X' }, true] }] }] },
      },
      Resources: {
        Fn: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            FunctionName: { 'Fn::Sub': '${AWS::StackName}-fn' },
            Role: { 'Fn::GetAtt': 'Role.Arn' },
            Parts: {
              'Fn::Join': ['-', [{ Ref: 'A' }, { 'Fn::Select': [0, { 'Fn::Split': [',', 'a,b'] }] }]],
            },
            Long: { 'Fn::Sub': ['${x}', { x: { 'Fn::ImportValue': 'y' } }] },
            Code: { 'Fn::If': ['Both', './here', { 'Fn::FindInMap': ['M', 'a', 'b'] }] },
            More: { 'Fn::Sub': ['${z}', { z: { 'Fn::GetAZs': '' } }] },
          },
        },
      },
    });
  });

  it('keeps what it wondered at in YAML, and prints nothing of it', async () => {
    const emitted = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const file = write('Odd.yaml', 'Resources:\n  A:\n    Type: !Nope T\n');
    const { template, warnings } = await readTemplate(file);
    expect(template.Resources['A']?.Type).toBe('T');
    expect(warnings).toEqual(['Unresolved tag: !Nope at line 3, column 11']);
    expect(emitted).not.toHaveBeenCalled();
    emitted.mockRestore();
  });

  it('finds the assets that the manifest beside it names, and does without a manifest', async () => {
    const file = write('Mine.template.json', { Resources: {} });
    expect((await readTemplate(file)).assetPaths.size).toBe(0);
    const destinations = { current: { objectKey: 'a.zip' } };
    write('Mine.assets.json', {
      files: { a: { source: { path: 'asset.a' }, destinations }, b: { source: {}, destinations } },
    });
    expect([...(await readTemplate(file)).assetPaths]).toEqual([['a.zip', join(folder, 'asset.a')]]);
  });

  it.each([
    [
      'the manifest of the CDK',
      { artifacts: { A: { properties: { templateFile: 'File.template.json', stackName: 'mine' } } } },
      'mine',
    ],
    ['the file, where the manifest has no name for it', { artifacts: { A: {} } }, 'File'],
    ['the file, where it is no manifest of the CDK', [], 'File'],
  ])('names the stack after %s', async (_case, manifest, expected) => {
    const file = write('File.template.json', { Resources: {} });
    write('manifest.json', manifest);
    expect((await readTemplate(file)).stackName).toBe(expected);
    rmSync(join(folder, 'manifest.json'));
  });

  it('reads the templates beside it only when it uses their outputs, and passes over what is none', async () => {
    const own = join(folder, 'siblings');
    mkdirSync(own);
    const at = (name: string): string => join('siblings', `${name}.template.json`);
    write(at('Other'), { Resources: {} });
    write(at('Broken'), '{');
    const user = write(at('User'), {
      Resources: { A: { Type: 'T', Properties: { 'Fn::ImportValue': 'x' } } },
    });
    const loner = write(at('Loner'), { Resources: {} });
    const names = async (file: string): Promise<unknown> =>
      (await readTemplate(file)).siblings?.map(({ stackName }) => stackName).sort();
    expect(await names(user)).toEqual(['Loner', 'Other']);
    expect(await names(loner)).toEqual([]);
  });

  it('refuses a value for a parameter that the template does not have', async () => {
    const file = write('parameters.json', { Resources: {}, Parameters: { Tier: { Type: 'String' } } });
    const given = (name: string): Parameters<typeof readTemplate>[1] => ({
      parameterValues: new Map([[name, 'x']]),
      importedValues: new Map(),
    });
    await expect(readTemplate(file, given('Teir'))).rejects.toThrow(
      /--parameter Teir: no such parameter, want one of Tier/,
    );
    expect((await readTemplate(file, given('Tier'))).parameterValues?.get('Tier')).toBe('x');
  });
});
