import { isDeepStrictEqual } from 'node:util';
import type { MetricsRecorder } from '../../control/metrics-recorder.ts';
import type { Clock } from '../../gateway/clock.ts';
import type { TableAnswer } from '../table-answer.ts';
import { AccessCapacity, type Access } from './access-capacity.ts';
import { refuseTooLarge } from './item-limits.ts';
import type { CallPart, MeteredCall, MeteredTable } from './metered-call.ts';
import { readCall } from './read-call.ts';
import { isBatch } from './split-batch.ts';
import { TableMetrics } from './table-metrics.ts';
import { canceledAnswer, throttleAnswer, type Refusal } from './throttle-answer.ts';

/** What the meter says to a call: its parts that may pass, or the answer that it gets instead. */
export type Admission =
  | { readonly kind: 'admitted'; readonly parts: readonly CallPart[] }
  | { readonly kind: 'refused'; readonly answer: TableAnswer };

interface TableState {
  readonly table: MeteredTable;
  readonly arn: string;
  readonly capacities: Readonly<Record<Access, AccessCapacity>>;
}

/** Holds the calls to the capacity that their tables have, and keeps AWS/DynamoDB's metrics of them. */
export class Meter {
  readonly #clock: Clock;
  readonly #arnPrefix: string;
  readonly #tables = new Map<string, TableState>();
  readonly #metrics: TableMetrics;

  /** @param arnPrefix `arn:aws:dynamodb:us-east-1:000000000000:table/` */
  constructor(
    tables: readonly MeteredTable[],
    arnPrefix: string,
    recorder: Pick<MetricsRecorder, 'record'>,
    clock: Clock,
  ) {
    this.#clock = clock;
    this.#metrics = new TableMetrics(recorder, () => clock.wallMs());
    this.#arnPrefix = arnPrefix;
    this.replace(tables);
  }

  /**
   * Holds calls to these tables' capacities from now on. One that is declared as before keeps what it has left; one
   * that is not declared any more is still there, and still metered.
   */
  replace(tables: readonly MeteredTable[]): void {
    const nowMs = this.#clock.monotonicMs();
    for (const table of tables) {
      if (isDeepStrictEqual(this.#tables.get(table.tableName)?.table, table)) continue;
      this.#tables.set(table.tableName, {
        table,
        arn: `${this.#arnPrefix}${table.tableName}`,
        capacities: {
          write: new AccessCapacity('write', table.throughput, nowMs),
          read: new AccessCapacity('read', table.throughput, nowMs),
        },
      });
    }
  }

  /** What a call costs capacity for, or null if nothing. */
  read(operation: string, body: Buffer): MeteredCall | null {
    let input: unknown;
    try {
      input = JSON.parse(body.toString());
    } catch {
      return null;
    }
    return readCall(operation, input, (tableName) => this.#tables.get(tableName)?.table);
  }

  /** Takes what is known of the call's price; a batch is refused item by item, anything else as a whole. */
  admit(call: MeteredCall): Admission {
    for (const part of call.parts) {
      const answer = refuseTooLarge(part, this.#state(part).table);
      if (answer) return { kind: 'refused', answer };
    }
    const refusals = call.parts.map((part) => this.#admitPart(part));
    const admitted = call.parts.filter((_, index) => refusals[index] === null);
    if (admitted.length === call.parts.length || (isBatch(call) && admitted.length > 0)) {
      return { kind: 'admitted', parts: admitted };
    }
    this.settle(admitted, []);
    this.#countThrottled(call);
    const [first] = refusals.filter((refusal) => refusal !== null);
    const answer =
      first && !call.operation.startsWith('Transact') ? throttleAnswer(first) : canceledAnswer(refusals);
    return { kind: 'refused', answer };
  }

  /** A throttle that nothing but a fault asks for: as the table would refuse, and counted as such. */
  throttle(call: MeteredCall): TableAnswer {
    for (const part of call.parts) this.#metrics.throttleEvent(part.tableName, part.access);
    this.#countThrottled(call);
    return throttleAnswer(this.#refusal(call.parts[0] as CallPart, 'KeyRangeThroughputExceeded'));
  }

  /**
   * Charges what the parts cost in the end, or gives back.
   * @param units of each part; one that is missing cost nothing
   */
  settle(parts: readonly CallPart[], units: readonly number[]): void {
    const nowMs = this.#clock.monotonicMs();
    const consumed = new Map<string, { readonly part: CallPart; units: number }>();
    parts.forEach((part, index) => {
      const partUnits = units[index] ?? 0;
      const outstanding = partUnits - part.knownUnits;
      if (outstanding !== 0) {
        this.#state(part).capacities[part.access].charge(part.partitionKey, outstanding, nowMs);
      }
      const ofTable = consumed.get(part.tableName);
      if (ofTable) ofTable.units += partUnits;
      else consumed.set(part.tableName, { part, units: partUnits });
    });
    for (const { part, units: sum } of consumed.values()) {
      if (sum > 0) this.#metrics.consumed(part.tableName, part.access, sum);
    }
  }

  /** Counts the call's answer. */
  answered({ operation, parts }: MeteredCall, statusCode: number, latencyMs: number): void {
    for (const tableName of tableNames(parts)) {
      if (statusCode === 200) this.#metrics.served(tableName, operation, latencyMs);
      if (statusCode >= 500) this.#metrics.systemError(tableName, operation);
    }
  }

  #countThrottled({ operation, parts }: MeteredCall): void {
    for (const tableName of tableNames(parts)) this.#metrics.throttledRequest(tableName, operation);
  }

  #admitPart(part: CallPart): Refusal | null {
    const limitType = this.#state(part).capacities[part.access].admit(
      part.partitionKey,
      part.knownUnits,
      this.#clock.monotonicMs(),
    );
    if (limitType === null) return null;
    this.#metrics.throttleEvent(part.tableName, part.access);
    return this.#refusal(part, limitType);
  }

  #refusal(part: CallPart, limitType: Refusal['limitType']): Refusal {
    const { table, arn } = this.#state(part);
    return { tableArn: arn, billingMode: table.throughput.billingMode, access: part.access, limitType };
  }

  #state({ tableName }: CallPart): TableState {
    const state = this.#tables.get(tableName);
    if (!state) throw new Error(`table ${tableName} is not metered`);
    return state;
  }
}

function tableNames(parts: readonly CallPart[]): ReadonlySet<string> {
  return new Set(parts.map(({ tableName }) => tableName));
}
