import { ANSWERS_HEADER } from '../answers/answers.ts';
import { hasPath } from './other-tools.ts';
import { refuse, type Refusal } from './refusal.ts';

interface OwnFile {
  readonly found: string;
  readonly isIt: (json: unknown) => boolean;
  readonly next: string;
}

const NAME_THE_RUN = 'name the run, by its id or folder: npx nx run throttle analyze <run>';

/** Spillway's own files of JSON other than a run's folder, told by what only they have. */
const OWN_JSON: readonly OwnFile[] = [
  {
    found: "Artillery's report of a step of a Spillway run, which holds less than the run",
    isIt: (json) => hasCounter(json, 'spillway.sent'),
    next: NAME_THE_RUN,
  },
  {
    found: 'the record of a run, away from its folder',
    isIt: (json) => hasPath(json, 'runId') && hasPath(json, 'steps') && hasPath(json, 'deployedLimits'),
    next: NAME_THE_RUN,
  },
  {
    found: 'one step of a Spillway run',
    isIt: (json) => hasPath(json, 'record.purpose') || hasPath(json, 'generator.eventLoopDelayP99Ms'),
    next: NAME_THE_RUN,
  },
  {
    found: 'a throttle file, which is limits',
    isIt: (json) => hasPath(json, 'limits.rateLimit') && hasPath(json, 'evidence.kind'),
    next: 'npx nx run throttle explain <file> says what they do',
  },
  {
    found: "the load test's settings",
    isIt: (json) => hasPath(json, 'targets.latencyMs') && hasPath(json, 'profiles'),
    next: NAME_THE_RUN,
  },
];

/** Refuses JSON of Spillway's own that is not a run's folder, and names what to give instead. */
export function ownFileOfJson(json: unknown): Refusal | undefined {
  const own = OWN_JSON.find(({ isIt }) => isIt(json));
  return own && refuse(own.found, own.next);
}

/** Refuses an answers file on its own. */
export function ownFileOfText(head: string): Refusal | undefined {
  if (!head.startsWith(ANSWERS_HEADER)) return undefined;
  return refuse('the answers of one step of a Spillway run', NAME_THE_RUN);
}

function hasCounter(json: unknown, name: string): boolean {
  if (!hasPath(json, 'aggregate.counters')) return false;
  const { counters } = (json as { aggregate: { counters: object } }).aggregate;
  return typeof counters === 'object' && Object.hasOwn(counters, name);
}
