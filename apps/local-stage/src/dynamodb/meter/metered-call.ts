import type { TableModel } from '../../template/table-model.ts';
import type { TableThroughput } from '../../template/table-throughput.ts';
import type { Access } from './access-capacity.ts';
import type { Consistency } from './capacity-units.ts';

/** A table of the template, with what the meter holds it to. */
export interface MeteredTable extends Pick<TableModel, 'tableName' | 'keySchema'> {
  readonly throughput: TableThroughput;
}

/** An item's attributes in DynamoDB JSON. */
export type Attributes = Readonly<Record<string, unknown>>;

/** One item that a call is about, or one query or scan. */
export interface CallPart {
  readonly tableName: string;
  readonly access: Access;
  /** Partition key value, spelled out; null where the call names none, as a scan. */
  readonly partitionKey: string | null;
  /** Primary key to look the item up by; null of a query or scan. */
  readonly key: Attributes | null;
  /** Units known on arrival; what the item there weighs is added once it is known. */
  readonly knownUnits: number;
  /** Of the item that is put, else 0. */
  readonly newBytes: number;
  /** The item afterwards is known only to the table. */
  readonly isUpdate: boolean;
  readonly consistency: Consistency;
}

/** A call that costs capacity. */
export interface MeteredCall {
  readonly operation: string;
  readonly input: Attributes;
  /** In the order of the call's own list. */
  readonly parts: readonly CallPart[];
}

/** The item's primary key. */
export function primaryKey({ keySchema }: MeteredTable, attributes: Attributes): Attributes {
  return Object.fromEntries(keySchema.map(({ AttributeName: name }) => [name, attributes[name]]));
}

/** Name of the partition key. */
export function partitionKeyName({ keySchema }: MeteredTable): string {
  return keySchema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '';
}

/** A table may be named by its ARN. */
export function shortTableName(nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? (nameOrArn.split(':table/')[1]?.split('/')[0] ?? '') : nameOrArn;
}
