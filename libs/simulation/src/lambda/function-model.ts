/** The function as Lambda knows it. */
export interface FunctionModel {
  /** Null: the function shares what the account's other reservations leave (F31). */
  readonly reservedConcurrency: number | null;
  readonly accountConcurrency: number;
  readonly otherReservedConcurrency: number;
  /** Of an invocation, init not counted (F36), ms. */
  readonly timeoutMs: number;
  /** What a cold start adds, ms; it is billed (F72), and holds a concurrency slot. */
  readonly coldStartMs: number;
  /** How long Lambda keeps an idle environment, ms: no promise of AWS's, seen to be some minutes **?**. */
  readonly idleMs: number;
  /** Environments that are there, idle, at the start. */
  readonly warmEnvironments: number;
}
