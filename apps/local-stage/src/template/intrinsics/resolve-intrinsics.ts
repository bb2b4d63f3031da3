import { evaluateCondition } from './evaluate-condition.ts';
import { IntrinsicError } from './intrinsic-error.ts';
import type { Template } from '../template-schema.ts';

/** What the functions of a template refer to. */
export interface IntrinsicScope {
  readonly template: Template;
  readonly stackName: string;
  readonly region: string;
  readonly accountId: string;
  /** `Ref` of a resource of the template. */
  physicalId(logicalId: string): unknown;
  /** `Fn::GetAtt`; undefined where the local stage knows no such attribute. */
  attribute(logicalId: string, attribute: string): unknown;
}

/** `AWS::NoValue`: the property or list item it stands in is dropped. */
const NO_VALUE = Symbol('AWS::NoValue');

/** Works out `Ref` and `Fn::*` in values of one template, when asked and not before. */
export class IntrinsicResolver {
  readonly #scope: IntrinsicScope;
  /** SSM parameters whose name had to stand in for their value. */
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
    const conditions = this.#scope.template.Conditions ?? {};
    if (!(condition in conditions))
      throw new IntrinsicError('Condition', condition, 'is not in the template');
    return evaluateCondition(conditions[condition], {
      holds: (name) => this.holds(name),
      resolve: (inner) => this.resolve(inner),
    });
  }

  #resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#resolve(item)).filter((v) => v !== NO_VALUE);
    if (value === null || typeof value !== 'object') return value;
    const entries = Object.entries(value);
    const [only] = entries;
    if (entries.length === 1 && only && (only[0] === 'Ref' || only[0].startsWith('Fn::'))) {
      return this.#call(only[0], only[1]);
    }
    return Object.fromEntries(
      entries.map(([key, inner]) => [key, this.#resolve(inner)]).filter(([, inner]) => inner !== NO_VALUE),
    );
  }

  #call(name: string, argument: unknown): unknown {
    switch (name) {
      case 'Ref':
        return this.#ref(String(argument));
      case 'Fn::GetAtt':
        return this.#getAtt(argument);
      case 'Fn::Join': {
        const [separator, parts] = this.#list(name, argument);
        return this.#list(name, parts).map(String).join(String(separator));
      }
      case 'Fn::Sub':
        return this.#sub(argument);
      case 'Fn::Select': {
        const [index, items] = this.#list(name, argument);
        const item = this.#list(name, items)[Number(index)];
        if (item === undefined) throw new IntrinsicError(name, argument, 'selects past the end of its list');
        return item;
      }
      case 'Fn::Split': {
        const [separator, text] = this.#list(name, argument);
        return String(text).split(String(separator));
      }
      case 'Fn::GetAZs': {
        const region = this.#resolve(argument);
        return ['a', 'b', 'c'].map((zone) => `${region === '' ? this.#scope.region : String(region)}${zone}`);
      }
      case 'Fn::If': {
        const [condition, whenTrue, whenFalse] = Array.isArray(argument) ? argument : [];
        return this.#resolve(this.holds(String(condition)) ? whenTrue : whenFalse);
      }
      case 'Fn::FindInMap': {
        const [map, first, second] = this.#list(name, argument).map(String);
        const value = this.#scope.template.Mappings?.[map ?? '']?.[first ?? '']?.[second ?? ''];
        if (value === undefined) throw new IntrinsicError(name, argument, 'finds no such entry in Mappings');
        return value;
      }
      case 'Fn::Base64':
        return Buffer.from(String(this.#resolve(argument))).toString('base64');
      default:
        throw new IntrinsicError(name, argument, 'has no value on this machine');
    }
  }

  #ref(name: string): unknown {
    const { region, accountId, stackName, template } = this.#scope;
    switch (name) {
      case 'AWS::Region':
        return region;
      case 'AWS::AccountId':
        return accountId;
      case 'AWS::Partition':
        return 'aws';
      case 'AWS::URLSuffix':
        return 'amazonaws.com';
      case 'AWS::StackName':
        return stackName;
      case 'AWS::StackId':
        return `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/local`;
      case 'AWS::NotificationARNs':
        return [];
      case 'AWS::NoValue':
        return NO_VALUE;
    }
    const parameter = template.Parameters?.[name];
    if (parameter) return this.#parameter(name, parameter);
    if (template.Resources[name]) return this.#scope.physicalId(name);
    throw new IntrinsicError('Ref', name, 'is neither a parameter nor a resource of the template');
  }

  #parameter(name: string, { Type: type, Default: value }: { Type: string; Default?: unknown }): unknown {
    if (value === undefined) throw new IntrinsicError('Ref', name, 'is a parameter without a default');
    if (type.startsWith('AWS::SSM::Parameter::')) this.stoodIn.add(`${name} (${String(value)})`);
    return /(^|<)(CommaDelimitedList|List<)/.test(type) ? String(value).split(',') : value;
  }

  #getAtt(argument: unknown): unknown {
    const path = Array.isArray(argument) ? argument.map(String) : String(argument).split('.');
    const [logicalId = '', ...rest] = path;
    const attribute = rest.join('.');
    const value = this.#scope.template.Resources[logicalId]
      ? this.#scope.attribute(logicalId, attribute)
      : undefined;
    if (value === undefined) throw new IntrinsicError('Fn::GetAtt', path.join('.'), 'is not known here');
    return value;
  }

  #sub(argument: unknown): unknown {
    const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
    const own = (this.#resolve(variables) ?? {}) as Readonly<Record<string, unknown>>;
    return String(text).replace(/\$\{(!?)([^}]*)\}/g, (_whole, literal: string, inner: string) => {
      if (literal) return `\${${inner}}`;
      const name = inner.trim();
      if (Object.hasOwn(own, name)) return String(own[name]);
      return String(name.includes('.') ? this.#getAtt(name) : this.#ref(name));
    });
  }

  #list(name: string, argument: unknown): readonly unknown[] {
    const list = this.#resolve(argument);
    if (Array.isArray(list)) return list;
    throw new IntrinsicError(name, argument, 'wants a list');
  }
}
