import type { AccessThroughput } from '../../template/table-throughput.ts';
import type { MeteredTable } from './metered-call.ts';

/** What the template declares of its tables' throughput and only the meter enforces, a phrase for each table. */
export function describeLimits(tables: readonly MeteredTable[]): readonly string[] {
  return tables.flatMap(({ tableName, throughput: { billingMode, read, write } }) => {
    const limits = [
      ...(billingMode === 'PROVISIONED' ? [spell('provisioned', 'provisionedPerSecond', read, write)] : []),
      ...((read.maximumPerSecond ?? write.maximumPerSecond)
        ? [spell('maximum', 'maximumPerSecond', read, write)]
        : []),
      ...((read.warmPerSecond ?? write.warmPerSecond) ? [spell('warm', 'warmPerSecond', read, write)] : []),
    ];
    return limits.length === 0 ? [] : [`throughput of table ${tableName} (${limits.join('; ')})`];
  });
}

function spell(
  what: string,
  limit: keyof AccessThroughput,
  read: AccessThroughput,
  write: AccessThroughput,
): string {
  return `${what} ${read[limit] ?? 'default'} read, ${write[limit] ?? 'default'} write units/s`;
}
