import { MAX_ITEM_BYTES } from '@spillway/shared';
import { TABLE_QUOTA_WRITE_UNITS_PER_SECOND } from '../aws-rules.ts';
import { grouped } from '../figures.ts';
import type { Contradiction } from './contradiction.ts';
import { admittedRate } from './rated-load.ts';
import type { Subject } from './subject.ts';

/** Warm throughput wanted for each write unit/s of the rate limit (method, section 6). */
const WARM_MARGIN = 1.25;

/** Where the rate limit or the item is more than the table takes. */
export function tableContradictions(subject: Subject): readonly Contradiction[] {
  const { quotas, units, itemBytes } = subject;
  const table = quotas.tableWriteUnitsPerSecond;
  const rate = admittedRate(subject);
  if (itemBytes > MAX_ITEM_BYTES) {
    return [
      {
        limits: [],
        found: `An item of ${grouped(itemBytes)} bytes is more than the ${grouped(MAX_ITEM_BYTES)} that the table takes (F42): every entry is answered 413.`,
        change: 'send smaller entries',
      },
    ];
  }
  const wanted = rate * units;
  if (wanted <= table) return [];
  const warm = WARM_MARGIN * wanted;
  const raise =
    warm <= TABLE_QUOTA_WRITE_UNITS_PER_SECOND
      ? `set the table's warm throughput to ${grouped(Math.ceil(warm))} write units/s (F40)`
      : `ask for more than the table's quota of ${grouped(TABLE_QUOTA_WRITE_UNITS_PER_SECOND)} write units/s (F42)`;
  return [
    {
      limits: ['rateLimit'],
      found: `The rate limit asks for ${grouped(wanted, 6)} write units/s, the table gives ${grouped(table)} (F40): the rest is throttled by the table and answered 503.`,
      change: `lower rateLimit to ${grouped(table / WARM_MARGIN / units, 4)}, or ${raise}`,
    },
  ];
}

/** The margin of the table's warm throughput in a sentence; none where it is there, or where the table is too small. */
export function describeTableMargin(subject: Subject): readonly string[] {
  const table = subject.quotas.tableWriteUnitsPerSecond;
  const wanted = admittedRate(subject) * subject.units;
  if (wanted > table || WARM_MARGIN * wanted <= table) return [];
  return [
    `The table has less than a quarter to spare: set its warm throughput to ${grouped(Math.ceil(WARM_MARGIN * wanted))} write units/s (F40).`,
  ];
}
