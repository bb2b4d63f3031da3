import type { DynamoDbEngine } from './engine.ts';
import { superviseEngine } from './supervise-engine.ts';

/** An engine that dies when told to. */
function mortalEngine() {
  let listener: (reason: string) => void = () => {};
  let isStopped = false;
  const engine: DynamoDbEngine = {
    name: 'dynoxide',
    endpoint: 'http://127.0.0.1:1',
    stop: async () => {
      isStopped = true;
    },
    onUnexpectedExit: (newListener) => (listener = newListener),
  };
  return { engine, die: (reason: string) => listener(reason), isStopped: () => isStopped };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

function start({ isKept = false, failures = 0 } = {}) {
  const lines: string[] = [];
  const pausesMs: number[] = [];
  const lives = [mortalEngine()];
  let nowMs = 0;
  let toFail = failures;
  const engine = superviseEngine(lives[0]!.engine, {
    restart: async () => {
      if (toFail > 0) {
        toFail -= 1;
        throw new Error('no port');
      }
      lives.push(mortalEngine());
      return lives.at(-1)!.engine;
    },
    isKept,
    report: (line) => lines.push(line),
    nowMs: () => nowMs,
    pause: async (durationMs) => pausesMs.push(durationMs),
  });
  const dieAt = async (atMs: number) => {
    nowMs = atMs;
    lives.at(-1)!.die(`SIGKILL at ${atMs}`);
    await turn();
  };
  return { engine, lives, lines, pausesMs, dieAt };
}

describe('superviseEngine', () => {
  it.each([
    [false, 'started again, its entries are lost (--data-dir keeps them)'],
    [true, 'started again, with its entries'],
  ])(
    'starts an engine again that ended, and says what became of its entries: kept %s',
    async (isKept, said) => {
      const { lives, lines, dieAt } = start({ isKept });
      await dieAt(0);
      expect(lives).toHaveLength(2);
      expect(lines).toEqual([`the DynamoDB engine dynoxide ended: SIGKILL at 0; ${said}`]);
    },
  );

  it('watches the new one too, and waits longer with each death in a row', async () => {
    const { lives, pausesMs, dieAt } = start();
    for (const atMs of [0, 1_000, 2_000]) await dieAt(atMs);
    expect(lives).toHaveLength(4);
    expect(pausesMs).toEqual([0, 100, 200]);
  });

  it('gives up at the fifth death within 60 s, and says so once', async () => {
    const { engine, lives, lines, dieAt } = start();
    const reasons: string[] = [];
    engine.onUnexpectedExit((reason) => reasons.push(reason));
    for (const atMs of [0, 1, 2, 3, 59_999]) await dieAt(atMs);
    expect(lives).toHaveLength(5);
    expect(lines.at(-1)).toBe(
      'the DynamoDB engine dynoxide ended 5 times within 60 s, the last time: SIGKILL at 59999; ' +
        'it stays down and every call to a table fails; start the stage again',
    );
    expect(reasons).toEqual(['SIGKILL at 59999']);
    const late: string[] = [];
    engine.onUnexpectedExit((reason) => late.push(reason));
    expect(late).toEqual(reasons);
  });

  it('forgets deaths that are 60 s old', async () => {
    const { lives, dieAt } = start();
    for (const atMs of [0, 1, 2, 3, 60_000]) await dieAt(atMs);
    expect(lives).toHaveLength(6);
  });

  it('counts a start that failed as a death, and tries again', async () => {
    const { lives, lines, dieAt } = start({ failures: 3 });
    await dieAt(0);
    expect(lives).toHaveLength(2);
    expect(lines).toEqual([expect.stringContaining('ended: no port; started again')]);
  });

  it('gives up when it can not be started', async () => {
    const { engine, lines, dieAt } = start({ failures: 99 });
    await dieAt(0);
    expect(lines).toEqual([expect.stringContaining('the last time: no port')]);
    await engine.stop();
  });

  it('stops the engine that runs now, at the endpoint it always had', async () => {
    const { engine, lives, lines, dieAt } = start();
    await dieAt(0);
    await engine.stop();
    expect(engine.endpoint).toBe('http://127.0.0.1:1');
    expect(lives.map(({ isStopped }) => isStopped())).toEqual([false, true]);
    await dieAt(1);
    expect([lives.length, lines.length]).toEqual([2, 1]);
  });
});
