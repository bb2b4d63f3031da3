import { AnswersFileError } from './answers-file-error.ts';
import { ANSWERS_HEADER, outcomes, type Answers } from './answers.ts';
import { readCount, readDecimal, readName, skipEmpty, type Cursor } from './cells.ts';
import { columnsOf, grown, type Columns } from './columns.ts';

/** What an answers file is read against. */
export interface ExpectedAnswers {
  /** Name for messages. */
  readonly file: string;
  /** How many requests the step says it sent. */
  readonly sent: number;
  /** Whether sequences may be missing: generators that sent a step together stop each on its own when interrupted. */
  readonly mayHaveGaps?: boolean;
  /** Size of the file, where it is known: columns are then made once, and need not grow. */
  readonly fileBytes?: number;
}

const LINE_END = 10;
const COMMA = 44;
const MAX_STATUS = 999;

/** Rows that columns start with where the file's size is unknown: a wrong `sent` must cost nothing. */
const ROWS_AT_FIRST = 65_536;
const SHORTEST_ROW_BYTES = '0,0,0,,0,failed,0,\n'.length;

/** No row that was written comes near; without a bound a file without line ends would all be kept. */
const LONGEST_LINE_BYTES = 65_536;
const QUOTED_CHARACTERS = 160;

const header = new TextEncoder().encode(ANSWERS_HEADER);
/** Of runs from before connection times were kept: nothing that is judged is missing in them. */
const formerHeader = new TextEncoder().encode(ANSWERS_HEADER.replace('connectMs,', ''));
const outcomeNames = outcomes.map((outcome) => new TextEncoder().encode(outcome));

/**
 * Bytes of an answers file, in pieces of any size → columns. It holds what it has read and one unfinished line; a
 * piece may be overwritten as soon as it was taken.
 */
export class AnswersReader {
  readonly #expected: ExpectedAnswers;
  readonly #cursor: Cursor = { bytes: new Uint8Array(0), at: 0 };
  #columns: Columns;
  #unfinished = new Uint8Array(0);
  #hasHeader = false;
  #hasConnectMs = true;
  /** Lines after the header. */
  #rows = 0;

  constructor(expected: ExpectedAnswers) {
    this.#expected = expected;
    const { sent, fileBytes, mayHaveGaps = false } = expected;
    const rows = fileBytes === undefined ? ROWS_AT_FIRST : Math.ceil(fileBytes / SHORTEST_ROW_BYTES);
    this.#columns = columnsOf(Math.min(sent, rows), mayHaveGaps);
  }

  /** @throws AnswersFileError when the header or a row is not as it was written */
  take(piece: Uint8Array): void {
    const firstEnd = piece.indexOf(LINE_END);
    if (firstEnd < 0) {
      this.#keep(joined(this.#unfinished, piece));
      return;
    }
    let start = 0;
    if (this.#unfinished.length > 0) {
      start = firstEnd + 1;
      this.#lines(joined(this.#unfinished, piece.subarray(0, start)));
    }
    const end = piece.lastIndexOf(LINE_END) + 1;
    if (end > start) this.#lines(piece.subarray(start, end));
    // Not `slice`: that of Node's buffers copies nothing.
    this.#keep(new Uint8Array(piece.subarray(end)));
  }

  /**
   * All answers, when the last piece was taken.
   * @throws AnswersFileError when there is no header, or an unfinished row, or another number of rows: a part of the
   * answers is not a measurement
   */
  end(): Answers {
    const { sent, mayHaveGaps } = this.#expected;
    if (!this.#hasHeader) this.#refuseHeader(this.#unfinished);
    if (this.#unfinished.length > 0) this.#refuse('ends in the middle of a row, want the rest of it');
    if (this.#rows !== sent) this.#refuse(`${this.#rows} answers, want ${sent}`);
    const { sequence, ...columns } = this.#columns;
    const isGapless = !mayHaveGaps || sent === 0 || sequence[sent - 1] === sent - 1;
    return isGapless ? { count: sent, ...columns } : { count: sent, sequence, ...columns };
  }

  #lines(bytes: Uint8Array): void {
    const cursor = this.#cursor;
    cursor.bytes = bytes;
    cursor.at = 0;
    if (!this.#hasHeader) {
      const line = bytes.subarray(0, bytes.indexOf(LINE_END));
      this.#hasConnectMs = isSame(line, header);
      if (!this.#hasConnectMs && !isSame(line, formerHeader)) this.#refuseHeader(line);
      this.#hasHeader = true;
      cursor.at = line.length + 1;
    }
    const { sent } = this.#expected;
    while (cursor.at < bytes.length) {
      const start = cursor.at;
      // Rows beyond what was sent are counted only: how many there are is what `end` says.
      if (this.#rows >= sent) cursor.at = bytes.indexOf(LINE_END, start) + 1;
      else if (!this.#row(cursor)) this.#refuseRow(bytes.subarray(start, bytes.indexOf(LINE_END, start)));
      this.#rows += 1;
    }
    // A piece belongs to whoever gave it.
    cursor.bytes = this.#unfinished;
  }

  /** Reads a row into the columns. @returns whether it is one */
  #row(cursor: Cursor): boolean {
    const row = this.#rows;
    if (row === this.#columns.status.length) {
      this.#columns = grown(this.#columns, Math.min(this.#expected.sent, 2 * row));
    }
    const columns = this.#columns;
    const sequence = readCount(cursor);
    if (this.#expected.mayHaveGaps) {
      if (sequence <= (row === 0 ? -1 : (columns.sequence[row - 1] as number))) return false;
      columns.sequence[row] = sequence;
    } else if (sequence !== row) return false;
    const intendedMs = readDecimal(cursor);
    const latenessMs = readDecimal(cursor);
    if (this.#hasConnectMs && !skipOptional(cursor)) return false;
    if (!skipOptional(cursor)) return false;
    const latencyMs = readDecimal(cursor);
    // One test for three: a sum with NaN in it is NaN.
    if (Number.isNaN(intendedMs + latenessMs + latencyMs)) return false;
    const outcome = readName(cursor, outcomeNames);
    const status = outcome < 0 ? -1 : readCount(cursor);
    if (status < 0 || status > MAX_STATUS || !skipLastCell(cursor)) return false;
    columns.intendedMs[row] = intendedMs;
    columns.latenessMs[row] = latenessMs;
    columns.latencyMs[row] = latencyMs;
    columns.outcome[row] = outcome;
    columns.status[row] = status;
    return true;
  }

  #keep(unfinished: Uint8Array<ArrayBuffer>): void {
    this.#unfinished = unfinished;
    if (unfinished.length <= LONGEST_LINE_BYTES) return;
    if (!this.#hasHeader) this.#refuseHeader(unfinished);
    this.#refuse(`line ${this.#rows + 2} has more than ${LONGEST_LINE_BYTES} bytes, want a request`);
  }

  #refuseRow(line: Uint8Array): never {
    const after = this.#rows === 0 ? undefined : this.#columns.sequence[this.#rows - 1];
    const wanted =
      this.#expected.mayHaveGaps && after !== undefined ? `one after ${after}` : String(this.#rows);
    return this.#refuse(`line ${this.#rows + 2} is "${quoted(line)}", want request ${wanted}`);
  }

  #refuseHeader(found: Uint8Array): never {
    return this.#refuse(`header "${quoted(found)}", want "${ANSWERS_HEADER}"`);
  }

  #refuse(problem: string): never {
    throw new AnswersFileError(this.#expected.file, problem);
  }
}

/** Moves over a number that may be left out. @returns whether it is one or empty */
function skipOptional(cursor: Cursor): boolean {
  return skipEmpty(cursor) || !Number.isNaN(readDecimal(cursor));
}

/** Moves over the last cell and its line end. @returns whether it was the last one */
function skipLastCell(cursor: Cursor): boolean {
  const { bytes } = cursor;
  let { at } = cursor;
  while (bytes[at] !== LINE_END) if (bytes[at++] === COMMA) return false;
  cursor.at = at + 1;
  return true;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

function quoted(line: Uint8Array): string {
  const text = new TextDecoder().decode(line.subarray(0, QUOTED_CHARACTERS));
  return line.length > QUOTED_CHARACTERS ? `${text}…` : text;
}
