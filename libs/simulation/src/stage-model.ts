import type { Arrivals } from './arrivals/arrivals.ts';
import type { ClientModel } from './clients/client-model.ts';
import type { GatewayModel } from './gateway/gateway.ts';
import type { FunctionModel } from './lambda/function-model.ts';
import type { ServiceTime } from './lambda/service-time.ts';
import type { TableModel } from './table/table-model.ts';

/** Everything of a stage that decides what becomes of a request. */
export interface StageModel {
  readonly gateway: GatewayModel;
  readonly function: FunctionModel;
  readonly service: ServiceTime;
  /** Null: writes are a part of the service time and never throttled. */
  readonly table: TableModel | null;
  /** What a client's latency has beyond the invocation: network and gateway, ms. */
  readonly overheadMs: number;
}

/** Everything that comes to a stage. */
export interface Load {
  readonly arrivals: Arrivals;
  readonly clients: ClientModel;
}
