import { controls, refusalOf } from './__fixtures__/controls.ts';
import { updateFunctionConfiguration } from './answer-lambda.ts';
import { getAlias, publishVersion, updateAlias } from './answer-lambda-versions.ts';

const stageBehind = (calledAs?: string) => {
  const stage = controls(calledAs === undefined ? {} : { calledAs });
  const { pool } = stage.functions.get('f')!;
  return { stage, running: () => pool.definition };
};

describe('updateFunctionConfiguration', () => {
  it('of a function that is called without a qualifier binds at once', () => {
    const { stage, running } = stageBehind();
    updateFunctionConfiguration('f', { Timeout: 9 }, stage);
    expect(running()).toMatchObject({ timeoutMs: 9000, version: '$LATEST' });
  });

  it('binds behind an alias once that points at a version with it', () => {
    const { stage, running } = stageBehind('live');
    updateFunctionConfiguration('f', { Timeout: 9, MemorySize: 256 }, stage);
    expect(running()).toMatchObject({ timeoutMs: 3000, memorySizeMb: 128, version: '1' });
    expect(publishVersion('f', {}, stage)).toMatchObject({ Version: '2', Timeout: 9, MemorySize: 256 });
    expect(running()).toMatchObject({ timeoutMs: 3000, memorySizeMb: 128, version: '1' });
    updateAlias('f', 'live', { FunctionVersion: '2' }, stage);
    expect(running()).toMatchObject({ timeoutMs: 9000, memorySizeMb: 256, version: '2' });
    updateAlias('f', 'live', { FunctionVersion: '1' }, stage);
    expect(running()).toMatchObject({ timeoutMs: 3000, memorySizeMb: 128, version: '1' });
  });
});

describe('publishVersion', () => {
  it('gives the newest version again where nothing has changed since', () => {
    const { stage } = stageBehind('live');
    expect(publishVersion('f', {}, stage)).toMatchObject({ Version: '1' });
    updateFunctionConfiguration('f', { Timeout: 9 }, stage);
    expect([publishVersion('f', {}, stage), publishVersion('f', {}, stage)]).toMatchObject([
      { Version: '2' },
      { Version: '2' },
    ]);
  });
});

describe('updateAlias', () => {
  it('follows $LATEST where that is asked for', () => {
    const { stage, running } = stageBehind('live');
    updateAlias('f', 'live', { FunctionVersion: '$LATEST' }, stage);
    updateFunctionConfiguration('f', { Timeout: 9 }, stage);
    expect(running()).toMatchObject({ timeoutMs: 9000, version: '$LATEST' });
    expect(getAlias('f', 'live', stage)).toMatchObject({ Name: 'live', FunctionVersion: '$LATEST' });
  });

  it('gives the alias another revision, and takes a change only to the one that it has', () => {
    const { stage, running } = stageBehind('live');
    const revision = () => (getAlias('f', 'live', stage) as { RevisionId: string }).RevisionId;
    const first = revision();
    expect(revision()).toBe(first);
    const to = (FunctionVersion: string, RevisionId: string) =>
      updateAlias('f', 'live', { FunctionVersion, RevisionId }, stage);
    expect(to('$LATEST', first)).toMatchObject({ RevisionId: revision() });
    expect(revision()).not.toBe(first);
    expect(refusalOf(() => to('1', first))).toMatchObject({
      ...{ code: 'PreconditionFailedException', statusCode: 412 },
    });
    expect(running()).toMatchObject({ version: '$LATEST' });
    to('1', revision());
    expect(running()).toMatchObject({ version: '1' });
  });

  it.each<[string, string, object, string]>([
    ['a version that was never published', 'live', { FunctionVersion: '2' }, 'ResourceNotFoundException'],
    ['an alias that is not there', 'blue', { FunctionVersion: '1' }, 'ResourceNotFoundException'],
    [
      'a second version beside it',
      'live',
      { RoutingConfig: { AdditionalVersionWeights: { 1: 0.1 } } },
      'InvalidParameterValueException',
    ],
  ])('refuses %s, and changes nothing', (_what, alias, change, code) => {
    const { stage, running } = stageBehind('live');
    const before = running();
    expect(refusalOf(() => updateAlias('f', alias, change, stage))).toMatchObject({ code });
    expect(getAlias('f', 'live', stage)).toMatchObject({ FunctionVersion: '1' });
    expect(running()).toEqual(before);
  });
});
