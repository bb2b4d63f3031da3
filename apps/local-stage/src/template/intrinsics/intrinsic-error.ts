import { inspect } from 'node:util';

const SHOWN_CHARACTERS = 160;

/** A `Ref`, `Fn::*` or condition that has no value on this machine, though something needed it. */
export class IntrinsicError extends Error {
  readonly code = 'INTRINSIC_UNRESOLVED';
  readonly intrinsic: string;
  readonly argument: unknown;
  /** Whether the message says already what to do about it. */
  readonly saysNext: boolean;

  constructor(intrinsic: string, argument: unknown, problem: string, next?: string) {
    super(`${intrinsic} ${shown(argument)} ${problem}${next === undefined ? '' : `; ${next}`}`);
    this.name = 'IntrinsicError';
    this.intrinsic = intrinsic;
    this.argument = argument;
    this.saysNext = next !== undefined;
  }
}

/** Names that go round in a circle: CloudFormation refuses such a template, and so does the local stage. */
export class CircularReferenceError extends IntrinsicError {
  constructor(intrinsic: string, name: string) {
    super(intrinsic, name, 'refers to itself, by way of others or directly', 'break the circle');
    this.name = 'CircularReferenceError';
  }
}

function shown(argument: unknown): string {
  // Not JSON: that overflows the stack on what is nested deeply enough.
  const text =
    typeof argument === 'string' ? argument : inspect(argument, { depth: 4, breakLength: Infinity });
  return text.length <= SHOWN_CHARACTERS ? text : `${text.slice(0, SHOWN_CHARACTERS)}…`;
}
