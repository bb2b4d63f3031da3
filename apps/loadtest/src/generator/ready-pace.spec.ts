import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { scheduleArrivals } from './pace.ts';
import { readyPace } from './ready-pace.ts';
import { paceSchema } from './step-options.ts';

describe('readyPace', () => {
  let directory: string;
  let scenarioFile: string;
  const said: string[] = [];
  beforeAll(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'spillway-ready-'));
    scenarioFile = path.join(directory, 'scenario.yml');
    await writeFile(path.join(directory, 'list.csv'), '100\n150\n400\n');
    await writeFile(path.join(directory, 'mixed.csv'), '2\n1\n3\n');
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));
  beforeEach(() => {
    said.length = 0;
    jest.spyOn(console, 'error').mockImplementation((message: string) => said.push(message));
  });
  afterEach(() => jest.restoreAllMocks());

  const paceOf = (change: object) =>
    paceSchema.parse({ name: 'x', arrivals: { kind: 'replay', file: 'list.csv' }, ...change });

  it('leaves a pace without a file as it is', async () => {
    const pace = paceOf({ arrivals: { kind: 'constant', ratePerSecond: 5 }, holdMs: 100 });
    expect(await readyPace(pace, scenarioFile)).toEqual(pace);
  });

  it.each([0, 40, 1000])('lasts as long as its recording, with a warm-up of %i ms too', async (warmUpMs) => {
    const pace = await readyPace(paceOf({ warmUpMs }), scenarioFile);
    expect([...scheduleArrivals(pace.arrivals, pace)]).toEqual([0, 50, 300]);
    expect(pace.holdMs).toBe(Math.max(0, 301 - warmUpMs));
    expect(said).toEqual([]);
  });

  it('sends no more than the span it is given, and says what is left out', async () => {
    const pace = await readyPace(paceOf({ warmUpMs: 100, holdMs: 200 }), scenarioFile);
    expect([...scheduleArrivals(pace.arrivals, pace)]).toEqual([0, 50]);
    expect(said).toEqual([expect.stringContaining('list.csv: 1 of 3 instants lie beyond')]);
  });

  it('says that it sorted a list', async () => {
    await readyPace(paceOf({ arrivals: { kind: 'replay', file: 'mixed.csv' } }), scenarioFile);
    expect(said).toEqual([expect.stringContaining('mixed.csv: 1 of 3 instants came before the one above')]);
  });

  it('starts at the working directory where Artillery names no scenario', async () => {
    const file = path.relative(process.cwd(), path.join(directory, 'list.csv'));
    const pace = await readyPace(paceOf({ arrivals: { kind: 'replay', file } }), undefined);
    expect(scheduleArrivals(pace.arrivals, pace)).toHaveLength(3);
  });
});
