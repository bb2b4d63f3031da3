/** Why a file says nothing: what it is, what is wanted, and what to do next. */
export interface Refusal {
  readonly kind: 'refused';
  readonly found: string;
  readonly wanted: string;
  readonly next: string;
}

const WANTED = 'the JSON report of Artillery 1 or 2 (artillery run -o), or a run of Spillway';

/** What is left to do where a file proves nothing. */
export const MEASURE = 'measure with npx nx run loadtest';

/** What a file contributes to a message is cut here. */
const FOUND_LENGTH = 400;

/** Controls and marks that would steer a terminal, or the direction of its text. */
const STEERING = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** The refusal of a file that is no report of Artillery. @param found what it is; may quote the file */
export function refuse(found: string, next = MEASURE): Refusal {
  const printable = found.replace(STEERING, '?');
  const short = printable.length > FOUND_LENGTH ? `${printable.slice(0, FOUND_LENGTH)}…` : printable;
  return { kind: 'refused', found: short, wanted: WANTED, next };
}
