/** Values that a function printed in CloudWatch's embedded metric format (EMF). */
export interface EmbeddedMetric {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly values: readonly number[];
  /** Epoch ms. */
  readonly atMs: number;
}

/** Values of one metric in one line; CloudWatch refuses more. */
const MOST_VALUES = 100;
const MOST_DIMENSIONS = 30;

type Members = Readonly<Record<string, unknown>>;

/** Whether it is worth reading: one search, so that what uses no metrics pays next to nothing. */
export function mayHoldMetrics(text: string): boolean {
  return text.includes('"_aws"');
}

/**
 * One line of output → what CloudWatch would record of it. What is malformed is passed over in silence, as
 * CloudWatch does. Read by hand: a schema library would cost each execution environment its time to load.
 */
export function readEmbeddedMetrics(line: string): readonly EmbeddedMetric[] {
  const root = members(parse(line));
  const metadata = members(root['_aws']);
  const atMs = metadata['Timestamp'];
  if (typeof atMs !== 'number' || !Number.isFinite(atMs)) return [];
  return list(metadata['CloudWatchMetrics']).flatMap((directive) =>
    readDirective(members(directive), root, atMs),
  );
}

/** Each metric under each of its dimension sets; `StorageResolution` and `Unit` change nothing here. */
function readDirective(directive: Members, root: Members, atMs: number): readonly EmbeddedMetric[] {
  const namespace = directive['Namespace'];
  if (typeof namespace !== 'string' || namespace === '') return [];
  const declared = list(directive['Dimensions'] ?? [[]]);
  const sets = (declared.length === 0 ? [[]] : declared).flatMap((names) => readDimensions(names, root));
  return list(directive['Metrics']).flatMap((definition) => {
    const metric = members(definition)['Name'];
    if (typeof metric !== 'string') return [];
    const values = readValues(root[metric]);
    if (values.length === 0) return [];
    return sets.map((dimensions) => ({ namespace, metric, dimensions, values, atMs }));
  });
}

/** At most one: none if a dimension has no value in the line. */
function readDimensions(names: unknown, root: Members): readonly Record<string, string>[] {
  if (!Array.isArray(names) || names.length > MOST_DIMENSIONS) return [];
  const dimensions: Record<string, string> = {};
  for (const name of names as readonly unknown[]) {
    const value = typeof name === 'string' ? root[name] : undefined;
    if (typeof name !== 'string' || typeof value !== 'string') return [];
    dimensions[name] = value;
  }
  return [dimensions];
}

function readValues(target: unknown): readonly number[] {
  const values: readonly unknown[] = Array.isArray(target) ? target : [target];
  if (values.length > MOST_VALUES) return [];
  return values.filter((value) => typeof value === 'number');
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function members(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
