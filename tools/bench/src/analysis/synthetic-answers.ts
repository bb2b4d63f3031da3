/** Shares of answers that are not acknowledged, and of requests that had to connect first. */
const BAD_RATIO = 0.005;
const CONNECT_RATIO = 0.01;

/** What is written beside the outcome where the stage answered anything else; a connection error has no status. */
const BAD = [
  ['throttled', 429, 'TooManyRequestsException'],
  ['failed', 502, 'InternalServerErrorException'],
  ['timeout', 0, ''],
  ['connection-error', 0, 'ECONNRESET'],
] as const;

/**
 * Answers of a stage: Poisson arrivals, latencies of 2 ms and an exponential tail, times to the microsecond, a few of all
 * outcomes. The same for the same seed.
 * @returns the row of a sequence; to be asked for in order
 */
export function syntheticAnswers(seed: number, arrivalsPerMs: number): (sequence: number) => string {
  const random = uniform(seed);
  const exponential = (mean: number) => -Math.log(1 - random()) * mean;
  let atMs = 0;
  return (sequence) => {
    atMs += exponential(1 / arrivalsPerMs);
    const latenessMs = exponential(0.2);
    const connectMs = random() < CONNECT_RATIO ? micro(exponential(1)) : 0;
    const firstByteMs = latenessMs + 2 + exponential(8);
    const latencyMs = firstByteMs + exponential(0.05);
    const bad = random() < BAD_RATIO ? BAD[Math.floor(random() * BAD.length)] : undefined;
    const [outcome, status, errorType] = bad ?? ['acknowledged', 200, ''];
    const firstByte = status === 0 ? '' : micro(firstByteMs);
    const times = `${micro(atMs)},${micro(latenessMs)},${connectMs},${firstByte},${micro(latencyMs)}`;
    return `${sequence},${times},${outcome},${status},${errorType}`;
  };
}

function micro(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

/** Park & Miller's generator, CACM 31 (1988) 1192: enough where only the look of the figures matters. */
function uniform(seed: number): () => number {
  const MODULUS = 2_147_483_647;
  let state = (seed * 7919) % MODULUS;
  return () => {
    state = (state * 48_271) % MODULUS;
    return state / MODULUS;
  };
}
