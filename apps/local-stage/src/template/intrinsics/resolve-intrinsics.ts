import { replaceDynamicReferences } from './dynamic-references.ts';
import { evaluateCondition } from './evaluate-condition.ts';
import { CircularReferenceError, IntrinsicError } from './intrinsic-error.ts';
import { own } from '../own-property.ts';
import { parameterValue } from './parameter-value.ts';
import { NO_VALUE, pseudoParameter } from './pseudo-parameter.ts';
import type { Template } from '../template-schema.ts';
import { asList, asText, VALUE_FUNCTIONS } from './value-functions.ts';

/** What the functions of a template refer to. */
export interface IntrinsicScope {
  readonly template: Template;
  readonly stackName: string;
  readonly region: string;
  readonly accountId: string;
  /** Given on the command line, in place of the defaults. */
  readonly parameterValues?: ReadonlyMap<string, string>;
  /** `Ref` of a resource of the template; undefined where only a deployment knows. */
  physicalId(logicalId: string): unknown;
  /** `Fn::GetAtt`; undefined where the local stage knows no such attribute. */
  attribute(logicalId: string, attribute: string): unknown;
  /** `Fn::ImportValue`; undefined where nobody exports that name. */
  exported?(name: string): unknown;
  /** `Fn::GetStackOutput`; undefined where there is no such stack or output. */
  stackOutput?(stackName: string, outputName: string): unknown;
}

/** Functions within functions; deeper is no template but an accident, and would overflow the stack. */
const DEEPEST = 200;

/** Works out `Ref` and `Fn::*` in values of one template, when asked and not before. */
export class IntrinsicResolver {
  readonly #scope: IntrinsicScope;
  readonly #deciding = new Set<string>();
  #depth = 0;
  /** Parameters and secrets whose name had to stand in for their value. */
  readonly stoodIn = new Set<string>();

  constructor(scope: IntrinsicScope) {
    this.#scope = scope;
  }

  /**
   * The value with every function worked out.
   * @throws IntrinsicError for a function, parameter or attribute that has no value on this machine
   */
  resolve(value: unknown): unknown {
    const resolved = this.#resolve(value);
    return resolved === NO_VALUE ? undefined : resolved;
  }

  /** Whether the named condition of the template holds; no name is always true. */
  holds(condition: string | undefined): boolean {
    if (condition === undefined) return true;
    const declaration = own(this.#scope.template.Conditions, condition);
    if (declaration === undefined) throw new IntrinsicError('Condition', condition, 'is not in the template');
    if (this.#deciding.has(condition)) throw new CircularReferenceError('Condition', condition);
    this.#deciding.add(condition);
    try {
      return evaluateCondition(declaration, {
        holds: (name) => this.holds(name),
        resolve: (inner) => this.resolve(inner),
      });
    } finally {
      this.#deciding.delete(condition);
    }
  }

  #resolve(value: unknown): unknown {
    if (typeof value === 'string') return replaceDynamicReferences(value, (what) => this.stoodIn.add(what));
    if (value === null || typeof value !== 'object') return value;
    if (this.#depth >= DEEPEST) throw new IntrinsicError('Template', '', `is nested deeper than ${DEEPEST}`);
    this.#depth += 1;
    try {
      return Array.isArray(value) ? this.#resolveList(value) : this.#resolveObject(value);
    } finally {
      this.#depth -= 1;
    }
  }

  #resolveList(list: readonly unknown[]): readonly unknown[] {
    return list.map((item) => this.#resolve(item)).filter((item) => item !== NO_VALUE);
  }

  #resolveObject(value: object): unknown {
    const entries = Object.entries(value);
    const [only] = entries;
    if (entries.length === 1 && only && (only[0] === 'Ref' || only[0].startsWith('Fn::'))) {
      const result = this.#call(only[0], only[1]);
      // Joined from parts, a text may only now have become a dynamic reference.
      return typeof result === 'string' ? this.#resolve(result) : result;
    }
    const loop = entries.find(([key]) => key.startsWith('Fn::ForEach'));
    if (loop)
      throw new IntrinsicError(loop[0], loop[1], 'is not expanded here', 'use the processed template');
    return Object.fromEntries(
      entries.map(([key, inner]) => [key, this.#resolve(inner)]).filter(([, inner]) => inner !== NO_VALUE),
    );
  }

  #call(name: string, argument: unknown): unknown {
    const valueFunction = VALUE_FUNCTIONS.get(name);
    if (valueFunction) return valueFunction(this.#resolve(argument));
    switch (name) {
      case 'Ref':
        return this.#ref(asText(name, argument));
      case 'Fn::GetAtt':
        return this.#getAtt(argument);
      case 'Fn::Sub':
        return this.#sub(argument);
      case 'Fn::GetAZs': {
        const region = asText(name, this.#resolve(argument)) || this.#scope.region;
        return ['a', 'b', 'c'].map((zone) => `${region}${zone}`);
      }
      case 'Fn::If': {
        const [condition, whenTrue, whenFalse] = asList(name, argument, 3);
        return this.#resolve(this.holds(asText(name, condition)) ? whenTrue : whenFalse);
      }
      case 'Fn::FindInMap':
        return this.#findInMap(argument);
      case 'Fn::ImportValue': {
        const exportName = asText(name, this.#resolve(argument));
        const value = this.#scope.exported?.(exportName);
        if (value !== undefined) return value;
        const next = `give --import ${exportName}=<value>`;
        throw new IntrinsicError(name, exportName, 'is exported by no template of the same folder', next);
      }
      case 'Fn::GetStackOutput': {
        const asked = this.#resolve(argument);
        const [stack, output] = ['StackName', 'OutputName'].map((key) => asText(name, own(asked, key)));
        const value = this.#scope.stackOutput?.(stack ?? '', output ?? '');
        if (value !== undefined) return value;
        throw new IntrinsicError(
          name,
          argument,
          'has no value: no template of the same folder has that output',
        );
      }
      case 'Fn::Transform':
        throw new IntrinsicError(
          name,
          argument,
          'is a macro, and macros run on AWS only',
          'use the processed template',
        );
      default:
        throw new IntrinsicError(name, argument, 'has no value on this machine');
    }
  }

  #ref(name: string): unknown {
    const { template } = this.#scope;
    const pseudo = pseudoParameter(name, this.#scope);
    if (pseudo !== undefined) return pseudo;
    const parameter = own(template.Parameters, name);
    if (parameter) {
      const { value, standsIn } = parameterValue(name, parameter, this.#scope.parameterValues?.get(name));
      if (standsIn) this.stoodIn.add(`SSM parameter ${name} (${String(value)})`);
      return value;
    }
    const isThere = own(template.Resources, name) !== undefined;
    const id = isThere ? this.#scope.physicalId(name) : undefined;
    if (id !== undefined) return id;
    const problem = isThere ? 'is not known here' : 'is neither a parameter nor a resource of the template';
    throw new IntrinsicError('Ref', name, problem);
  }

  #getAtt(argument: unknown): unknown {
    const path = asText('Fn::GetAtt', Array.isArray(argument) ? this.#resolve(argument) : argument);
    const [logicalId = '', ...rest] = path.split(/[.,]/);
    const attribute = rest.join('.');
    const isThere = own(this.#scope.template.Resources, logicalId) !== undefined;
    const value = isThere ? this.#scope.attribute(logicalId, attribute) : undefined;
    if (value !== undefined) return value;
    const problem = isThere ? 'is not known here' : 'is no resource of the template';
    throw new IntrinsicError('Fn::GetAtt', `${logicalId}.${attribute}`, problem);
  }

  #findInMap(argument: unknown): unknown {
    const [map, first, second, fallback] = asList('Fn::FindInMap', argument, 3);
    const keys = [map, first, second].map((key) => asText('Fn::FindInMap', this.#resolve(key)));
    const found = keys.reduce<unknown>((level, key) => own(level, key), this.#scope.template.Mappings);
    if (found !== undefined) return this.#resolve(found);
    // AWS::LanguageExtensions adds the fourth argument.
    const value = own(fallback, 'DefaultValue');
    if (value !== undefined) return this.#resolve(value);
    throw new IntrinsicError('Fn::FindInMap', keys, 'finds no such entry in Mappings');
  }

  #sub(argument: unknown): unknown {
    const [text, variables] = Array.isArray(argument) ? argument : [argument];
    const given = this.#resolve(variables ?? {});
    return asText('Fn::Sub', text).replace(/\$\{(!?)([^}]*)\}/g, (_whole, literal: string, inner: string) => {
      if (literal) return `\${${inner}}`;
      const name = inner.trim();
      const value = own(given, name) ?? (name.includes('.') ? this.#getAtt(name) : this.#ref(name));
      return asText('Fn::Sub', value === NO_VALUE ? '' : value);
    });
  }
}
