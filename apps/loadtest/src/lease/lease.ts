import { limitsSchema, type Limits } from '@spillway/throttle';
import * as z from 'zod';

/** What a run has to put back, as it found it. */
export interface FoundSettings {
  readonly limits: Limits;
  /** Version that the function's alias was on; null where the gateway calls the function itself. */
  readonly version: string | null;
}

/** A run's claim on a stage that others use as well, recorded on the stage itself. */
export interface Lease {
  readonly runId: string;
  /** Who: the caller's ARN. */
  readonly holder: string;
  /** Which process: host and process id. */
  readonly process: string;
  readonly takenAtMs: number;
  /** Renewed while the run lives; a lease that is past it is nobody's. */
  readonly untilMs: number;
  /** `taken`: nothing was changed yet. `lifted`: limits may be anything. `restored`: they are as found. */
  readonly state: 'taken' | 'lifted' | 'restored';
  /** Recorded before anything is lifted; null until then. */
  readonly found: FoundSettings | null;
}

const LEASE_TAG = 'spillway:lease';
const HOLDER_TAG = 'spillway:lease-holder';
const FOUND_TAG = 'spillway:lease-found';
/** Tags that make up a lease. */
export const LEASE_TAGS = [LEASE_TAG, HOLDER_TAG, FOUND_TAG] as const;

/** Longest value of a tag. */
const TAG_CHARACTERS = 256;

/** A lease as tags of a function: what the stages of both kinds of API share. */
export function leaseTags(lease: Lease): Record<string, string> {
  const { runId, holder, process, takenAtMs, untilMs, state, found } = lease;
  const tags = {
    [LEASE_TAG]: `run=${runId} since=${timeText(takenAtMs)} until=${timeText(untilMs)} state=${state}`,
    [HOLDER_TAG]: `process=${process} by=${holder}`,
    [FOUND_TAG]: found === null ? '' : foundText(found),
  };
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, asTagValue(value)]));
}

const epochMs = z.iso.datetime().transform((text) => Date.parse(text));
const leaseSchema = z.object({
  run: z.string().min(1),
  since: epochMs,
  until: epochMs,
  state: z.enum(['taken', 'lifted', 'restored']),
});
const foundSchema = limitsSchema.extend({ version: z.string().optional() });

/** Tags that should be a lease, and are not: somebody edited them. */
export class LeaseUnreadableError extends Error {
  readonly code = 'LEASE_UNREADABLE';

  constructor(tags: Readonly<Record<string, string>>, cause: unknown) {
    super(
      `found tags ${JSON.stringify(tags)} of the stage's function, want a load test's lease; put the limits back by hand ` +
        `(npx nx run throttle check --stage=<stage> --deployed says which), then remove the tags ${LEASE_TAGS.join(', ')}`,
      { cause },
    );
    this.name = 'LeaseUnreadableError';
  }
}

/** The function's tags → its lease; null where there is none. @throws LeaseUnreadableError */
export function parseLease(tags: Readonly<Record<string, string>>): Lease | null {
  const main = tags[LEASE_TAG];
  if (main === undefined) return null;
  const ours = Object.fromEntries(LEASE_TAGS.map((key) => [key, tags[key] ?? '']));
  try {
    const { run, since, until, state } = leaseSchema.parse(fieldsOf(main));
    const { process = '', by = '' } = fieldsOf(ours[HOLDER_TAG] ?? '');
    const found = parseFound(ours[FOUND_TAG] ?? '');
    return { runId: run, holder: by, process, takenAtMs: since, untilMs: until, state, found };
  } catch (cause) {
    throw new LeaseUnreadableError(ours, cause);
  }
}

/** Which run, whose and until when. */
export function describeLease({ runId, holder, process, untilMs, state }: Lease): string {
  return `run ${runId} by ${holder} (${process}), until ${timeText(untilMs)}, limits ${state === 'lifted' ? 'lifted' : 'as found'}`;
}

function parseFound(text: string): FoundSettings | null {
  if (text === '') return null;
  const fields = fieldsOf(text);
  const { version, ...limits } = foundSchema.parse({
    rateLimit: Number(fields['rate']),
    burstLimit: Number(fields['burst']),
    reservedConcurrency: Number(fields['concurrency']),
    memorySize: Number(fields['memory']),
    timeoutSeconds: Number(fields['timeout']),
    ...(fields['version'] === undefined ? {} : { version: fields['version'] }),
  });
  return { limits, version: version ?? null };
}

function foundText({ limits, version }: FoundSettings): string {
  const { rateLimit, burstLimit, reservedConcurrency, memorySize, timeoutSeconds } = limits;
  const text = `rate=${rateLimit} burst=${burstLimit} concurrency=${reservedConcurrency} memory=${memorySize} timeout=${timeoutSeconds}`;
  return version === null ? text : `${text} version=${version}`;
}

/** `a=1 b=2` → fields; a value may hold `=`. */
function fieldsOf(text: string): Record<string, string> {
  const pairs = text
    .split(' ')
    .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]);
  return Object.fromEntries(pairs) as Record<string, string>;
}

/** Seconds are enough, and no tag may hold the comma that some locales would write. */
function timeText(epoch: number): string {
  return new Date(epoch).toISOString();
}

/** Tags allow letters, digits, spaces and `_.:/=+-@`; a session's name in an ARN may have a comma. */
function asTagValue(text: string): string {
  return text.replaceAll(/[^\p{L}\p{Z}\p{N}_.:/=+\-@]/gu, '_').slice(0, TAG_CHARACTERS);
}
