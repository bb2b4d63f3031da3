import { IntrinsicError } from './intrinsic-error.ts';
import type { Template } from '../template-schema.ts';
import { asText } from './value-functions.ts';

type Parameter = NonNullable<Template['Parameters']>[string];

/** Where the value of a parameter comes from, and what it is. */
export interface ParameterValue {
  readonly value: unknown;
  /** The name of an SSM parameter stands in for its value, which only AWS knows. */
  readonly standsIn: boolean;
}

/**
 * The value a parameter has here: the one given, or else its default.
 * @throws IntrinsicError when it has neither, or one that the template does not allow
 */
export function parameterValue(
  name: string,
  parameter: Parameter,
  given: string | undefined,
): ParameterValue {
  const value = given ?? parameter.Default;
  if (value === undefined || value === null) {
    throw new IntrinsicError(
      'Ref',
      name,
      'is a parameter without a default',
      `give --parameter ${name}=<value>`,
    );
  }
  if (typeof value === 'object') throw new IntrinsicError('Ref', name, 'has a default that is no text');
  const isSsm = parameter.Type.startsWith('AWS::SSM::Parameter::');
  const isList = /(^|<)(CommaDelimitedList|List<)/.test(parameter.Type);
  const members = isList
    ? String(value)
        .split(',')
        .map((member) => member.trim())
    : [String(value)];
  const allowed = parameter.AllowedValues?.map((each) => asText('AllowedValues', each));
  const refused = isSsm || !allowed ? undefined : members.find((member) => !allowed.includes(member));
  if (refused !== undefined) {
    throw new IntrinsicError(
      'Ref',
      name,
      `is ${refused}, want one of ${allowed?.join(', ')}`,
      `give --parameter ${name}=<value>`,
    );
  }
  return { value: isList ? members : value, standsIn: isSsm && given === undefined };
}
