/** Properties that a throttle file sets: they may change without what was measured changing. */
const LIMIT_PROPERTIES = new Set([
  'ThrottlingRateLimit',
  'ThrottlingBurstLimit',
  'ReservedConcurrentExecutions',
  'MemorySize',
  'Timeout',
]);

/** Keys that differ between two syntheses of the same thing, or that the bundle's hash already covers. */
const VOLATILE_KEYS = new Set([
  'Metadata',
  'S3Key',
  'Description',
  'CDKMetadata',
  'Outputs',
  'Parameters',
  'Rules',
  'Conditions',
]);

/**
 * SHA-256 (hex) of a synthesized template without its limits, asset keys and metadata: equal for two
 * templates that a throttle file alone tells apart.
 */
export async function hashTemplate(template: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(canonical(template)));
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !LIMIT_PROPERTIES.has(key) && !VOLATILE_KEYS.has(key))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, canonical(inner)]),
  );
}
