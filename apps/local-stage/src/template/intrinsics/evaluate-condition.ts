import { IntrinsicError } from './intrinsic-error.ts';

/** How a condition asks for other conditions and for values. */
export interface ConditionScope {
  holds(condition: string): boolean;
  resolve(value: unknown): unknown;
}

/**
 * Truth of one entry of a template's `Conditions`.
 * @throws IntrinsicError for a condition function that CloudFormation does not have
 */
export function evaluateCondition(condition: unknown, scope: ConditionScope): boolean {
  const [name, argument] = Object.entries(Object(condition))[0] ?? [];
  const operands: readonly unknown[] = Array.isArray(argument) ? argument : [];
  switch (name) {
    case 'Condition':
      return scope.holds(String(argument));
    case 'Fn::Equals':
      return String(scope.resolve(operands[0])) === String(scope.resolve(operands[1]));
    case 'Fn::Not':
      return !evaluateCondition(operands[0], scope);
    case 'Fn::And':
      return operands.every((operand) => evaluateCondition(operand, scope));
    case 'Fn::Or':
      return operands.some((operand) => evaluateCondition(operand, scope));
    default:
      throw new IntrinsicError('Condition', condition, 'is no condition function');
  }
}
