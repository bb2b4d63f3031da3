import { isDeepStrictEqual } from 'node:util';
import { IntrinsicError } from './intrinsic-error.ts';

/** How a condition asks for other conditions and for values. */
export interface ConditionScope {
  holds(condition: string): boolean;
  resolve(value: unknown): unknown;
}

/** Deeper is no template but an accident, and would overflow the stack. */
const DEEPEST = 100;

/**
 * Truth of one entry of a template's `Conditions`.
 * @throws IntrinsicError for a condition function that CloudFormation does not have there; those of `Rules`
 * (`Fn::Contains` and its like) are none
 */
export function evaluateCondition(condition: unknown, scope: ConditionScope, depth = 0): boolean {
  if (depth > DEEPEST) throw new IntrinsicError('Condition', condition, 'is nested too deeply');
  const entries = Object.entries(Object(condition));
  const [name, argument] = entries.length === 1 && entries[0] ? entries[0] : [];
  const inner = (operand: unknown): boolean => evaluateCondition(operand, scope, depth + 1);
  const operands = (least: number, most: number): readonly unknown[] => {
    if (Array.isArray(argument) && argument.length >= least && argument.length <= most) return argument;
    const range = least === most ? `${least}` : `${least} to ${most}`;
    throw new IntrinsicError(name ?? 'Condition', argument, `wants a list of ${range}`);
  };
  switch (name) {
    case 'Condition':
      if (typeof argument === 'string') return scope.holds(argument);
      throw new IntrinsicError(name, argument, 'wants the name of a condition');
    case 'Fn::Equals': {
      const [first, second] = operands(2, 2).map((operand) => comparable(scope.resolve(operand)));
      return isDeepStrictEqual(first, second);
    }
    case 'Fn::Not':
      return !inner(operands(1, 1)[0]);
    case 'Fn::And':
      return operands(2, 10).every(inner);
    case 'Fn::Or':
      return operands(2, 10).some(inner);
    default:
      throw new IntrinsicError('Condition', condition, 'is no condition function');
  }
}

/** CloudFormation compares numbers and booleans as their text. */
function comparable(value: unknown): unknown {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}
