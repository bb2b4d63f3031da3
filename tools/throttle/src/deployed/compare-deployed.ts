import { recommend } from '@spillway/capacity';
import type { BucketLimits, Limits, ThrottleConfig } from '@spillway/throttle';
import type { DeployedStage } from './read-deployed.ts';
import { EVERY_ROUTE, type RouteBuckets, type StageTemplate } from './stage-template.ts';

/** One thing that is deployed, beside what should be. */
export interface DriftRow {
  readonly name: string;
  /** As it is now; null where none is set. */
  readonly deployed: string | null;
  /** As this checkout would deploy it; null where it has none. */
  readonly file: string | null;
  /** What the evidence in the throttle file supports; null where it says nothing of it. */
  readonly evidence: string | null;
  /** What is wrong with it, in a few words; null where nothing is. */
  readonly problem: string | null;
}

/** What to compare a deployed stage with: its throttle file, and the template that this checkout makes of it. */
export interface Expected {
  readonly config: ThrottleConfig;
  readonly template: StageTemplate;
}

const UNITS = {
  rateLimit: '/s',
  burstLimit: '',
  reservedConcurrency: '',
  memorySize: ' MB',
  timeoutSeconds: ' s',
} as const;

const LOAD_TEST = 'a load test is under way, or was killed';

/** Characters of a hash that tell two apart. */
const HASH_CHARACTERS = 12;

/** What is deployed against what is in the file against what the evidence supports, a row each. */
export function compareDeployed(deployed: DeployedStage, expected: Expected): readonly DriftRow[] {
  return [
    ...limitRows(deployed, expected.config),
    ...routeRows(deployed.buckets, expected.template.buckets),
    ...aliasRows(deployed),
    ...leaseRows(deployed),
    ...codeRows(deployed, expected),
  ];
}

function limitRows({ buckets, functionLimits }: DeployedStage, { limits, evidence }: ThrottleConfig) {
  const found: { readonly [Name in keyof Limits]?: number | null } = {
    ...buckets.get(EVERY_ROUTE),
    ...functionLimits,
  };
  const supported = evidence.kind === 'measured' ? recommend(evidence.measurements).limits : null;
  return (Object.keys(UNITS) as (keyof Limits)[]).map((name): DriftRow => {
    const text = (value: number | null | undefined) => figure(value, UNITS[name]);
    const row = {
      name,
      deployed: text(found[name]),
      file: text(limits[name]),
      evidence: text(supported?.[name]),
    };
    return { ...row, problem: limitProblem(row) };
  });
}

function limitProblem({ deployed, file, evidence }: Omit<DriftRow, 'problem'>): string | null {
  const problems = [
    deployed === null ? 'not set' : deployed === file ? null : 'not what the file says',
    evidence === null || evidence === file ? null : 'the file is not what the evidence gives',
  ].filter((problem) => problem !== null);
  return problems.join('; ') || null;
}

/** Routes with a bucket of their own, such as `POST /batch`. */
function routeRows(deployed: RouteBuckets, template: RouteBuckets): readonly DriftRow[] {
  const routes = [...new Set([...template.keys(), ...deployed.keys()])].filter(
    (route) => route !== EVERY_ROUTE,
  );
  return routes.map((route) => {
    const found = bucketText(deployed.get(route));
    const wanted = bucketText(template.get(route));
    const wrong = wanted === null ? 'not in the template' : 'not what the template says';
    return {
      name: route,
      deployed: found,
      file: wanted,
      evidence: null,
      problem: found === wanted ? null : found === null ? 'not set' : wrong,
    };
  });
}

function aliasRows({ alias }: DeployedStage): readonly DriftRow[] {
  if (alias === null) return [];
  const [version] = alias.versions;
  const problem =
    version === '$LATEST' ? LOAD_TEST : alias.versions.length > 1 ? 'a deployment shifts the traffic' : null;
  const deployed = alias.versions.join(' and ');
  return [{ name: `alias ${alias.name}`, deployed, file: 'one version', evidence: null, problem }];
}

function leaseRows({ lease }: DeployedStage): readonly DriftRow[] {
  if (lease === null) return [];
  return [{ name: 'lease', deployed: 'held', file: 'none', evidence: null, problem: LOAD_TEST }];
}

/** What was measured counts here: code that is not deployed yet is no drift. */
function codeRows({ fingerprint }: DeployedStage, { config, template }: Expected): readonly DriftRow[] {
  const measured = config.evidence.kind === 'measured' ? config.evidence.fingerprint : null;
  return (['bundle', 'template'] as const).map((part) => {
    const found = typeof fingerprint === 'string' ? null : fingerprint[part];
    const isOther = found !== null && measured !== null && measured[part] !== found;
    return {
      name: part,
      deployed: short(found),
      file: short(template.fingerprint[part]),
      evidence: short(measured?.[part]),
      problem: isOther ? 'not what was measured' : null,
    };
  });
}

function figure(value: number | null | undefined, unit: string): string | null {
  return value === null || value === undefined ? null : `${value.toLocaleString('en-US')}${unit}`;
}

function bucketText({ rateLimit, burstLimit }: Partial<BucketLimits> = {}): string | null {
  if (rateLimit === undefined && burstLimit === undefined) return null;
  return `${figure(rateLimit, '/s') ?? 'no rate'}, burst ${figure(burstLimit, '') ?? 'not set'}`;
}

function short(hash: string | null | undefined): string | null {
  return hash?.slice(0, HASH_CHARACTERS) ?? null;
}
