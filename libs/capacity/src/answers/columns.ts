/** Columns of `Answers` while they are filled. */
export interface Columns {
  /** Without rows where every row is the request of its own number. */
  readonly sequence: Uint32Array<ArrayBuffer>;
  readonly intendedMs: Float64Array<ArrayBuffer>;
  readonly latenessMs: Float64Array<ArrayBuffer>;
  readonly latencyMs: Float64Array<ArrayBuffer>;
  readonly outcome: Uint8Array<ArrayBuffer>;
  readonly status: Uint16Array<ArrayBuffer>;
}

/** Empty columns. @param withSequence whether rows are to be numbered */
export function columnsOf(rows: number, withSequence: boolean): Columns {
  return {
    sequence: new Uint32Array(withSequence ? rows : 0),
    intendedMs: new Float64Array(rows),
    latenessMs: new Float64Array(rows),
    latencyMs: new Float64Array(rows),
    outcome: new Uint8Array(rows),
    status: new Uint16Array(rows),
  };
}

/** The same columns with room for more rows. */
export function grown(columns: Columns, rows: number): Columns {
  const longer = columnsOf(rows, columns.sequence.length > 0);
  longer.sequence.set(columns.sequence);
  longer.intendedMs.set(columns.intendedMs);
  longer.latenessMs.set(columns.latenessMs);
  longer.latencyMs.set(columns.latencyMs);
  longer.outcome.set(columns.outcome);
  longer.status.set(columns.status);
  return longer;
}
