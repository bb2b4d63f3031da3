/** A `Ref` or `Fn::*` that has no value on this machine, though something needed it. */
export class IntrinsicError extends Error {
  readonly code = 'INTRINSIC_UNRESOLVED';
  readonly intrinsic: string;
  readonly argument: unknown;

  constructor(intrinsic: string, argument: unknown, problem: string) {
    const shown = typeof argument === 'string' ? argument : JSON.stringify(argument);
    super(`${intrinsic} ${shown} ${problem}`);
    this.name = 'IntrinsicError';
    this.intrinsic = intrinsic;
    this.argument = argument;
  }
}
