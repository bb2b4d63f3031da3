import { DEPLOYED, fakeLambda } from './__fixtures__/fake-lambda.ts';
import { AliasedFunction } from './aliased-function.ts';

type Given = Parameters<typeof fakeLambda>[0];
const FOUND = { ...DEPLOYED, reserved: 10 };

async function opened(given: Given = {}) {
  const fake = fakeLambda(given);
  return { ...fake, fn: await AliasedFunction.open(fake.lambda, 'f', 'live') };
}

const messages = (reasons: readonly unknown[]) => reasons.map((reason) => (reason as Error).message);

describe('AliasedFunction', () => {
  it('lets requests run what is tried, and publishes no version for it', async () => {
    const { calls, fn, points } = await opened();
    expect(await fn.readSettings()).toMatchObject(DEPLOYED);
    await fn.configure({ MemorySize: 512 });
    await fn.configure({ Timeout: 9 });
    expect(calls).toEqual(['point $LATEST', 'update 4 s 512 MB', 'update 9 s 512 MB']);
    expect([points(), await fn.readSettings()]).toMatchObject(['$LATEST', { Timeout: 9, MemorySize: 512 }]);
  });

  it('gives $LATEST what the version runs under before requests run it', async () => {
    const { calls, fn } = await opened({ latest: { MemorySize: 512, Timeout: 30 } });
    await fn.prepare();
    expect(calls).toEqual(['update 4 s 1024 MB', 'point $LATEST']);
    expect(await fn.readSettings()).toMatchObject(DEPLOYED);
  });

  it('points the alias back before anything else, and puts $LATEST and the reservation back', async () => {
    const { calls, fn, points } = await opened();
    await fn.prepare();
    await fn.configure({ MemorySize: 512 });
    await fn.release();
    expect(await fn.restore(FOUND)).toEqual([]);
    expect(calls.slice(-3)).toEqual(['point 7', 'update 4 s 1024 MB', 'reserve 10']);
    expect(points()).toBe('7');
  });

  it.each<[string, 'refused' | 'lost', string[]]>([
    ['leaves an alias that was never moved where it is', 'refused', ['point $LATEST', 'reserve 10']],
    ['points the alias back', 'lost', ['point $LATEST', 'point 7', 'reserve 10']],
  ])('%s when the lift was %s', async (_what, failure, calls) => {
    const given = await opened({ fails: { 'point $LATEST': failure } });
    await expect(given.fn.prepare()).rejects.toThrow('point $LATEST');
    expect(await given.fn.restore(FOUND)).toEqual([]);
    expect([given.calls, given.points()]).toEqual([calls, '7']);
  });

  it('takes an alias for put back where only the answer to that was lost', async () => {
    const { fn, points } = await opened({ fails: { 'point 7': 'lost' } });
    await fn.prepare();
    expect(messages(await fn.restore(FOUND))).toEqual([expect.stringContaining('no answer')]);
    expect([await fn.restore(FOUND), points()]).toEqual([[], '7']);
  });

  it('puts $LATEST and the reservation back also where the alias could not be', async () => {
    const { fn, latest, reserved } = await opened({ fails: { 'point 7': 'refused' } });
    await fn.configure({ MemorySize: 512 });
    await fn.release();
    expect(messages(await fn.restore(FOUND))).toEqual([
      'function f, alias live: found it left on $LATEST (point 7: refused), want version 7; ' +
        'aws lambda update-alias --function-name f --name live --function-version 7',
    ]);
    expect([latest(), reserved()]).toEqual([expect.objectContaining(DEPLOYED), 10]);
  });

  it.each<[string, Given, (run: Awaited<ReturnType<typeof opened>>) => Promise<unknown>]>([
    ['after the lift', {}, ({ fn }) => fn.prepare()],
    [
      'after a lift whose answer was lost',
      { fails: { 'point $LATEST': 'lost' } },
      ({ fn }) => fn.prepare().catch(() => undefined),
    ],
  ])('leaves what was deployed %s to the deployment', async (_when, given, lift) => {
    const run = await opened(given);
    await lift(run);
    await run.fn.release();
    run.deploy();
    expect(messages(await run.fn.restore(FOUND))).toEqual([
      expect.stringMatching(/: found it moved by a deployment meanwhile, want version 7; it stays /),
    ]);
    expect([run.points(), run.latest(), run.reserved()]).toMatchObject(['8', { MemorySize: 3008 }, 10]);
  });

  it.each<[string, boolean, string]>([
    ['before the lift', false, 'want version 7'],
    ['between two changes', true, 'want $LATEST'],
  ])('changes nothing of what was deployed %s', async (_when, isLifted, wanted) => {
    const { calls, deploy, fn } = await opened();
    if (isLifted) await fn.prepare();
    deploy();
    const before = [...calls];
    await expect(fn.configure({ MemorySize: 512 })).rejects.toThrow(
      `moved by a deployment meanwhile, ${wanted}`,
    );
    expect(calls).toEqual(before);
  });

  it.each<[string, Given, RegExp]>([
    ['left on $LATEST', { version: '$LATEST' }, /found \$LATEST, .*; npx nx run loadtest restore --stage=/],
    ['in the middle of a deployment', { weights: { 8: 0.1 } }, /found versions 7 and 8, want one; wait/],
    ['of other code than $LATEST', { latest: { CodeSha256: 'newer' } }, /found other code in version 7 than/],
    [
      'with other variables and layers than $LATEST',
      { latest: { Environment: { Variables: { A: '1' } }, Layers: [{ Arn: 'layer:2' }] } },
      /found other Environment, Layers in version 7 than in \$LATEST, want the same; set /,
    ],
  ])('is none %s', async (_what, given, message) => {
    const { calls, lambda } = fakeLambda(given);
    await expect(AliasedFunction.open(lambda, 'f', 'live')).rejects.toThrow(message);
    expect(calls).toEqual([]);
  });
});
