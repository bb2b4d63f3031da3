import { readFileSync } from 'node:fs';
import path from 'node:path';
import { scriptOf, startArtillery, type PlainArtillery } from './start-artillery.ts';
import { OK, startWireServer, type WireServer } from './start-wire-server.ts';

/** A script of somebody else's, with all that a flow may hold. */
const SCRIPT = (target: string) =>
  [
    'config:',
    `  target: ${target}`,
    '  processor: ./processor.mts',
    '  phases: [{ duration: 10ms, arrivalCount: 1 }]',
    '  variables: { rate: [50] }',
    '  engines: { spillway: { runId: "run-{{ $env.RUN }}", resultsDirectory: out } }',
    'scenarios:',
    '  - name: third-party',
    '    engine: spillway',
    '    beforeScenario: setUp',
    '    afterScenario: [tearDown]',
    '    flow:',
    '      - log: "hello {{ who }}"',
    '      - function: count',
    '      - pace: { name: own, arrivals: { kind: constant, ratePerSecond: "{{ rate }}" }, holdMs: 400, entry: makeEntry }',
    '      - think: 50ms',
    '      - pace: { name: ours, arrivals: { kind: constant, ratePerSecond: 50 }, holdMs: 200, payloadBytes: 300 }',
    '',
  ].join('\n');

const PROCESSOR = `
interface Context { vars: Record<string, unknown> }
interface Events { emit(event: string, ...values: unknown[]): void }
export async function setUp(context: Context): Promise<void> {
  context.vars['who'] = await Promise.resolve('you');
}
export function count(_context: Context, events: Events, done: () => void): void {
  events.emit('counter', 'mine.counted', 3);
  done();
}
export function makeEntry(id: string, sequence: number, vars: Context['vars']): object {
  return { id: 'mine', title: \`number \${sequence} of \${vars['who']}\`, year: 2020 };
}
export function tearDown(context: Context): void {
  console.log('torn down by ' + context.vars['who']);
}
`;

let server: WireServer;
let artillery: PlainArtillery;
const bodies: string[] = [];
beforeEach(async () => {
  bodies.length = 0;
  server = await startWireServer(
    (socket) => socket.write(OK),
    (socket) => socket.on('data', (chunk) => bodies.push(...(/\{.*\}/s.exec(String(chunk)) ?? []))),
  );
});
afterEach(async () => {
  await artillery.dispose();
  await server.goAway();
});

describe('plain artillery run in another folder', () => {
  it('runs a flow of all kinds of steps with a TypeScript processor', async () => {
    const files = { 'test.yml': SCRIPT(server.url), 'processor.mts': PROCESSOR };
    artillery = startArtillery(files, ['--output', 'report.json'], { RUN: '7' });
    expect(await artillery.ended()).toBe(0);

    const own = bodies.slice(0, 20).map((body) => JSON.parse(body) as Record<string, unknown>);
    expect(own).toEqual(
      Array.from({ length: 20 }, (_, sequence) => ({
        ...{ id: `loadtest.run-7.own.${sequence}`, title: `number ${sequence} of you`, year: 2020 },
      })),
    );
    expect(bodies).toHaveLength(30);
    expect(bodies.at(-1)).toMatch(/^\{"id":"loadtest\.run-7\.ours\.9".{270,}\}$/);

    const printed = artillery.printed();
    expect(printed.indexOf('hello you')).toBeGreaterThan(0);
    expect(printed.indexOf('torn down by you')).toBeGreaterThan(printed.indexOf('hello you'));
    const report = JSON.parse(readFileSync(path.join(artillery.directory, 'report.json'), 'utf8')) as {
      aggregate: { counters: Record<string, number> };
    };
    expect(report.aggregate.counters).toMatchObject({
      'mine.counted': 3,
      'spillway.acknowledged': 30,
      'vusers.completed': 1,
    });
  });

  it.each([
    [
      'a function that is none',
      ['function: setup'],
      'flow[0].function: found "setup", want one of count, makeEntry, setUp, tearDown',
    ],
    [
      'a function of a pace that is none',
      ['{ pace: { name: a, arrivals: { kind: constant, ratePerSecond: 9 }, holdMs: 99, entry: make } }'],
      'flow[0].pace.entry: found "make", want one of count, makeEntry, setUp, tearDown',
    ],
    [
      'a function that makes no entry',
      ['{ pace: { name: a, arrivals: { kind: constant, ratePerSecond: 9 }, holdMs: 99, entry: setUp } }'],
      'processor function setUp: ',
    ],
  ])('says so and sends nothing for %s', async (_, flow, message) => {
    const config = ['processor: ./processor.mts', 'engines: { spillway: {} }'];
    artillery = startArtillery({
      'test.yml': scriptOf(server.url, flow, config),
      'processor.mts': PROCESSOR,
    });
    expect(await artillery.ended()).toBe(1);
    expect(artillery.printed()).toContain(message);
    expect(server.received()).toBe(0);
  });

  it('fails when a hook does, and takes no further step', async () => {
    const config = ['processor: ./processor.cjs', 'engines: { spillway: {} }'];
    const flow = [
      'function: fail',
      '{ pace: { name: a, arrivals: { kind: constant, ratePerSecond: 9 }, holdMs: 99 } }',
    ];
    const processor = 'exports.fail = (context, events, done) => done(new Error("data is missing"));';
    artillery = startArtillery({
      'test.yml': scriptOf(server.url, flow, config),
      'processor.cjs': processor,
    });
    expect(await artillery.ended()).toBe(1);
    expect(artillery.printed()).toContain('data is missing');
    expect(server.received()).toBe(0);
  });
});
