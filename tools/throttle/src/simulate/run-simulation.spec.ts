import fc from 'fast-check';
import { patternNames } from '@spillway/simulation';
import type { RunRecord } from '@spillway/capacity';
import { TemporaryWorkspace } from '../__fixtures__/temporary-workspace.ts';
import { describeSimulation } from './describe-simulation.ts';
import { runSimulation, simulationJson } from './run-simulation.ts';
import {
  numberWithin,
  SimulationOptionsError,
  spanOfTime,
  type SimulationOptions,
} from './simulation-options.ts';

const untimed: SimulationOptions = {
  pattern: 'poisson',
  duration: 2000,
  clients: 1,
  retryBaseMs: 100,
  service: 'exponential',
  warm: 0,
  hotKey: 0,
  seed: 1,
};
const options: SimulationOptions = { ...untimed, durationMs: 20 };
const plain = (_style: string, text: string) => text;

describe(runSimulation.name, () => {
  let workspace: TemporaryWorkspace;
  beforeEach(() => {
    workspace = new TemporaryWorkspace();
  });
  afterEach(() => workspace.remove());

  const run = (changes: Partial<SimulationOptions> = {}) => {
    const { root, results, file } = workspace;
    return runSimulation(file, { root, results }, { ...options, ...changes });
  };

  it('sends at the rate limit where no rate is told', () => {
    expect(run().plan.ratePerSecond).toBe(1000);
    expect(run({ rate: 30 }).plan.ratePerSecond).toBe(30);
  });

  it('counts the write units of the item that a payload becomes (F43)', () => {
    expect(run({ payloadBytes: 1 }).plan.stage.table?.unitsPerWrite).toBe(1);
    // 1,024 bytes and what is stored beside them.
    expect(run({ payloadBytes: 1024 }).plan.stage.table?.unitsPerWrite).toBe(2);
  });

  it('takes the largest item that the table takes (F42), and refuses one byte more', () => {
    expect(run({ payloadBytes: 409_546, rate: 1 }).plan.stage.table?.unitsPerWrite).toBe(400);
    expect(() => run({ payloadBytes: 409_547 })).toThrow(
      'an item of 409,601 bytes, want at most 409,600 (F42), since a larger one is answered 413; lower --payload-bytes to at most 409546',
    );
  });

  it('lets clients retry in a retry storm, and else where they are told to', () => {
    expect(run().plan.load.clients.retry).toBeNull();
    expect(run({ pattern: 'retry-storm' }).plan.load.clients.retry?.attempts).toBe(4);
    expect(run({ pattern: 'retry-storm', retries: 0 }).plan.load.clients.retry).toBeNull();
    expect(run({ retries: 1, retryBudget: 0.1 }).plan.load.clients.retry).toMatchObject({
      attempts: 2,
      budgetRatio: 0.1,
    });
  });

  it.each<[string, Partial<SimulationOptions>]>([
    ['a night below 0', { pattern: 'daily', peak: 2.1 }],
    ['a peak of a constant rate', { pattern: 'constant', peak: 2 }],
    ['a bucket without a rate', { clientBurst: 3 }],
    ['a reservation that AWS refuses (F31)', { accountConcurrency: 199 }],
    ['too much', { rate: 1e6, duration: 1_001_000 }],
  ])('refuses %s', (_what, changes) => {
    expect(() => run(changes)).toThrow(SimulationOptionsError);
  });

  it('takes the largest reservation that AWS takes (F31)', () => {
    expect(run({ accountConcurrency: 200 }).result.totals.inUseMax).toBeLessThanOrEqual(100);
  });

  it('takes a night of 0', () => {
    expect(run({ pattern: 'daily', peak: 2 }).result.totals.requests).toBeGreaterThan(0);
  });

  describe('with service times of a run', () => {
    const ofRun = ({ runId }: RunRecord) => {
      const { root, results, file } = workspace;
      return runSimulation(file, { root, results }, { ...untimed, run: runId });
    };
    const functionMean = (record: RunRecord, durationMeanMs: number): RunRecord['steps'] =>
      record.steps.map((step) => ({
        ...step,
        record: { ...step.record, stage: step.record.stage && { ...step.record.stage, durationMeanMs } },
      }));

    it('says nothing of a run of the same stage and memory size', async () => {
      const simulated = ofRun(await workspace.addRun());
      expect(simulated.differences).toEqual([]);
      expect(simulated.service.because).toMatch(/^measured: [\d,]+ answers of .*, run /);
    });

    it('says, in text and JSON, that the run measured another stage or memory size', async () => {
      const { fingerprint } = await workspace.addRun();
      const other = { stage: 'dev', fingerprint: { ...fingerprint, memorySize: 512 } };
      const simulated = ofRun(await workspace.addRun(other));
      expect(simulated.differences).toHaveLength(2);
      for (const found of [
        /measured stage dev, the file is of stage local/,
        /measured 512 MB, the file has 1024 MB/,
      ]) {
        expect(describeSimulation(simulated, plain)).toMatch(found);
        expect(simulationJson(simulated)).toMatch(found);
      }
    });

    it('says that latencies were scaled where they were, and only there', async () => {
      const { steps, ...run } = await workspace.addRun();
      const scaledTo = async (meanMs: number) => {
        const added = { ...run, steps: functionMean({ ...run, steps }, meanMs) };
        workspace.addText(run.runId, JSON.stringify(added));
        return ofRun(added).service;
      };
      expect((await scaledTo(1)).because).toMatch(/, scaled to the function's mean of 1 ms$/);
      expect((await scaledTo(1)).overheadMs).toBeGreaterThan(0);
      expect((await scaledTo(60_000)).because).not.toContain('scaled');
    });
  });

  it('never says NaN, Infinity or undefined, in text or JSON', () => {
    const anything = fc.record({
      pattern: fc.constantFrom(...patternNames),
      rate: fc.double({ min: 1e-6, max: 2000, noNaN: true }),
      duration: fc.integer({ min: 1, max: 3000 }),
      durationMs: fc.double({ min: 0.001, max: 60_000, noNaN: true }),
      service: fc.constantFrom('constant' as const, 'exponential' as const, 'lognormal' as const),
      clients: fc.integer({ min: 1, max: 50 }),
      retries: fc.integer({ min: 0, max: 3 }),
      warm: fc.integer({ min: 0, max: 500 }),
      hotKey: fc.double({ min: 0, max: 1, noNaN: true }),
      payloadBytes: fc.integer({ min: 1, max: 400_000 }),
    });
    fc.assert(
      fc.property(anything, (changes) => {
        const simulated = run(changes);
        const text = describeSimulation(simulated, plain);
        expect(text).not.toMatch(/NaN|Infinity|undefined|null/);
        expect(simulationJson(simulated)).not.toMatch(/NaN|Infinity|undefined/);
        const widest = Math.max(...text.split('\n').map((line) => (line.match(/[█▒×]/g) ?? []).length));
        expect(widest).toBeLessThanOrEqual(41);
      }),
      { numRuns: 40 },
    );
  });
});

describe(spanOfTime.name, () => {
  it.each([
    ['90', 90_000],
    ['90s', 90_000],
    ['250ms', 250],
    ['1.5m', 90_000],
    ['24h', 86_400_000],
    ['7d', 604_800_000],
  ])('reads %s as %i ms', (text, spanMs) => {
    expect(spanOfTime(text)).toBe(spanMs);
  });

  it.each(['', '0', '-1s', '1e3', '8d', '5 minutes', 's', 'Infinity'])('refuses %j', (text) => {
    expect(() => spanOfTime(text)).toThrow('want a span of time up to 7d');
  });
});

describe(numberWithin.name, () => {
  it.each(['1', '10', ' 2.5 '])('takes %j, from 1 to 10', (text) => {
    expect(numberWithin(1, 10)(text)).toBe(Number(text));
  });

  it.each(['0.999', '10.001', '', 'x', 'NaN', 'Infinity'])('refuses %j, from 1 to 10', (text) => {
    expect(() => numberWithin(1, 10)(text)).toThrow('want a number from 1 to 10');
  });

  it('refuses a part where it wants whole ones', () => {
    expect(() => numberWithin(1, 10, true)('2.5')).toThrow('want a whole number');
  });
});
