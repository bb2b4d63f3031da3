import { readFileSync } from 'node:fs';
import type { StepListener } from '../src/generator/open-loop.ts';
import { sendStep, type SentStep } from '../src/generator/send-step.ts';
import { openAccess } from '../src/generator/target-access.ts';
import { scriptOf, startArtillery, type PlainArtillery } from './start-artillery.ts';
import { CERTIFICATE, startTlsServer, type TlsServer } from './start-tls-server.ts';

const unheard: StepListener = { onSent: () => undefined, onSettled: () => undefined };
const COUNT = 40;

let server: TlsServer;
afterEach(() => server.stop());

async function send(change: { host?: string; ca?: string | undefined } = {}): Promise<SentStep> {
  const { host = 'localhost', ca } = { ca: CERTIFICATE, ...change };
  const target = new URL(`https://${host}:${server.port}/prod`);
  const open = { auth: undefined, apiKey: undefined, rejectUnauthorized: true, directory: '/' };
  const access = await openAccess({ ...open, target, ca }, () => undefined);
  return sendStep(
    {
      ...{ name: 'tls', runId: 'r1', target, access, socketCap: 100, payloadBytes: 512, horizonMs: 5000 },
      ...{ arrivals: { kind: 'constant', ratePerSecond: 40 }, warmUpMs: 0, holdMs: 1000 },
    },
    unheard,
    new AbortController().signal,
  );
}

describe('a target over TLS', () => {
  it('is sent its name, spoken to in HTTP/1.1 and kept alive', async () => {
    server = await startTlsServer();
    const { report } = await send();
    expect(report.counts.acknowledged).toBe(COUNT);
    for (const handshake of server.handshakes)
      expect(handshake).toMatchObject({ servername: 'localhost', alpn: 'http/1.1' });
    expect(server.handshakes).toHaveLength(report.generator.socketsMax);
    expect(server.handshakes.length).toBeLessThan(COUNT / 2);
  });

  it('costs its first request the handshake, which is its connecting time, and the next one nothing', async () => {
    server = await startTlsServer();
    const { log } = await send();
    const first = log.connectMs[0] as number;
    expect(first).toBeGreaterThan(0);
    expect(log.latencyMs[0]).toBeGreaterThan(first);
    expect([...log.connectMs].filter((connectMs) => connectMs === 0).length).toBeGreaterThan(COUNT / 2);
  });

  it('resumes its session on a new connection', async () => {
    server = await startTlsServer(false);
    const { report } = await send();
    expect(report.counts.acknowledged).toBe(COUNT);
    expect(server.handshakes).toHaveLength(COUNT);
    expect(server.handshakes[0]?.isSessionReused).toBe(false);
    expect(server.handshakes.filter((handshake) => handshake.isSessionReused).length).toBeGreaterThan(
      COUNT / 2,
    );
  });

  it.each([
    ['an authority nobody knows', 'localhost', undefined, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['another name', '127.0.0.1', CERTIFICATE, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ])('is sent no entry when its certificate is of %s', async (_, host, ca, code) => {
    server = await startTlsServer();
    const { report, log } = await send({ host, ca });
    expect(report.counts['connection-error']).toBe(COUNT);
    expect(new Set(log.errorTypes.values())).toEqual(new Set([code]));
    expect(server.requests()).toBe(0);
  });
});

describe('plain artillery run, over TLS', () => {
  let artillery: PlainArtillery;
  afterEach(() => artillery.dispose());
  const FLOW = ['{ pace: { name: a, arrivals: { kind: constant, ratePerSecond: 50 }, holdMs: 400 } }'];
  const pem = readFileSync(CERTIFICATE, 'utf8');

  it.each<[string, string[], Record<string, string>]>([
    ['ca, beside the script', ['engines: { spillway: { ca: own.pem } }'], {}],
    ['NODE_EXTRA_CA_CERTS', [], { NODE_EXTRA_CA_CERTS: CERTIFICATE }],
    ["Artillery's tls.rejectUnauthorized", ['tls: { rejectUnauthorized: false }'], {}],
  ])('believes the target by %s', async (_, config, environment) => {
    server = await startTlsServer();
    const options = config.some((line) => line.startsWith('engines'))
      ? config
      : [...config, 'engines: { spillway: {} }'];
    const script = scriptOf(`https://localhost:${server.port}/prod`, FLOW, options);
    artillery = startArtillery({ 'test.yml': script, 'own.pem': pem }, [], environment);
    expect(await artillery.ended()).toBe(0);
    expect(server.requests()).toBe(20);
    expect(artillery.printed()).toMatch(/spillway\.acknowledged:[ .]*20/);
  });

  it.each([
    ['is not there', 'none.pem', /none\.pem: can't be read \(ENOENT\), want a PEM file/],
    ['holds no certificate', 'test.yml', /test\.yml: no certificate in it, want a PEM file/],
  ])('sends nothing when the file of ca %s', async (_, ca, message) => {
    server = await startTlsServer();
    const engine = `engines: { spillway: { ca: ${ca} } }`;
    const files = { 'test.yml': scriptOf(`https://localhost:${server.port}/prod`, FLOW, [engine]) };
    artillery = startArtillery(files);
    expect(await artillery.ended()).toBe(1);
    expect(artillery.printed()).toMatch(message);
    expect(server.handshakes).toEqual([]);
  });
});
