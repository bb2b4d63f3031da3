/** What an account was asked for, or why it did not say and what to do about that. */
export type Reading<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: string; readonly next: string };

/** A stage's stack as it is deployed now. */
export interface DeployedStack {
  /** CloudFormation's word, such as `UPDATE_COMPLETE`. */
  readonly status: string;
  /** Whether CloudFormation refuses to delete it. */
  readonly isProtected: boolean;
  /** A first deployment that failed leaves a stack without. */
  readonly hasVpc: boolean;
  /** What its own function has reserved, execution environments; 0 where nothing is. */
  readonly reservedConcurrency: number;
  /** `undefined` where it has no table. */
  readonly tableName: string | undefined;
}

/** What a stage's table takes at once. */
export interface WarmTable {
  /** Write units/s by now: what it was warmed for, or grew to. */
  readonly takesPerSecond: number;
  /** Write units/s that the deployed template asks for; `undefined` where it asks for none. */
  readonly declaredPerSecond: number | undefined;
}

/** An account and Region as a deployment finds them. */
export interface AccountReadings {
  readonly accountId: string;
  readonly region: string;
  /** `null`: the stage was never deployed here. */
  readonly stack: Reading<DeployedStack | null>;
  /** Requests/s of all APIs together, and their bucket, requests (F2). */
  readonly requestsPerSecond: Reading<number>;
  readonly burstRequests: Reading<number>;
  /** Execution environments of all functions, and those that no function reserved (F30, F31). */
  readonly concurrency: Reading<{ readonly total: number; readonly unreserved: number }>;
  /** Write units/s that a table may take (F42). */
  readonly tableWriteUnitsPerSecond: Reading<number>;
  /** `null`: the stage has no table yet. */
  readonly warmTable: Reading<WarmTable | null>;
  /** VPCs of the Region: each stage makes one. */
  readonly vpcs: Reading<{ readonly used: number; readonly quota: number }>;
}
