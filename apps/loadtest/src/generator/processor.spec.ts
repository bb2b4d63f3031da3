import { callHook, processorFunction } from './processor.ts';
import { ScenarioError } from './step-options.ts';

const events = { emit: () => undefined };

describe('processorFunction', () => {
  const processor = { setUp: () => 1, tearDown: () => 2, version: '1', default: () => 3 };

  it('is the export of that name', () => {
    expect(processorFunction(processor, 'tearDown', 'flow[0]')).toBe(processor.tearDown);
  });

  it.each([
    ['none of that name', processor, 'setup', 'flow[0]: found "setup", want one of setUp, tearDown'],
    ['one that is no function', processor, 'version', 'want one of setUp, tearDown'],
    ['what every object has', processor, 'toString', 'found "toString"'],
    ['no processor', undefined, 'setUp', 'found "setUp", want a function of config.processor'],
    ['no name', processor, { a: 1 }, 'found {"a":1}'],
  ])('refuses %s', (_, exported, name, message) => {
    expect(() => processorFunction(exported, name, 'flow[0]')).toThrow(ScenarioError);
    expect(() => processorFunction(exported, name, 'flow[0]')).toThrow(message);
  });
});

describe('callHook', () => {
  const context = { vars: { seen: '' } };
  const see = (given: unknown) => ((given as typeof context).vars.seen += 'x');

  it.each<[string, (...values: never[]) => unknown]>([
    ['that is async', async (given: unknown) => see(given)],
    [
      'that calls done',
      (given: unknown, _events: unknown, done: () => void) => {
        see(given);
        setImmediate(done);
      },
    ],
    ['that takes no done', (given: unknown) => void see(given)],
  ])('waits for a function %s', async (_, hook) => {
    context.vars.seen = '';
    await callHook(hook as () => unknown, context, events);
    expect(context.vars.seen).toBe('x');
  });

  it.each<[string, (...values: never[]) => unknown]>([
    [
      'throws',
      () => {
        throw new Error('broken');
      },
    ],
    ['throws a text', async () => Promise.reject('broken')],
    [
      'hands over an error',
      (_c: unknown, _e: unknown, done: (e: Error) => void) => done(new Error('broken')),
    ],
  ])('fails when it %s', async (_, hook) => {
    await expect(callHook(hook as () => unknown, context, events)).rejects.toThrow(Error);
    await expect(callHook(hook as () => unknown, context, events)).rejects.toThrow('broken');
  });
});
