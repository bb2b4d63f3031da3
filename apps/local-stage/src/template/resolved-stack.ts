import type * as z from 'zod';
import { findImports } from './find-imports.ts';
import { CircularReferenceError, IntrinsicError } from './intrinsics/intrinsic-error.ts';
import { own } from './own-property.ts';
import { generatedName, physicalName, type NameScope } from './intrinsics/physical-names.ts';
import type { SynthesizedTemplate } from './read-template.ts';
import { IntrinsicResolver } from './intrinsics/resolve-intrinsics.ts';
import { attributeOf, refOf, type NamedResource } from './intrinsics/resource-attributes.ts';
import { describeIssue } from './schema-issue.ts';
import { StackFolder, type FoundOutput } from './stack-folder.ts';
import { TemplateError } from './template-error.ts';
import type { TemplateResource } from './template-schema.ts';

/** A resource whose condition holds. */
export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  /** What `Ref` gives of a resource that the local stage plays: its name or id. */
  readonly physicalId: string;
  readonly declaration: TemplateResource;
}

const NEXT = 'give it a value that needs no deployment';

/** A template seen as CloudFormation would deploy it: names drawn, conditions decided, values worked out on demand. */
export class ResolvedStack {
  readonly source: SynthesizedTemplate;
  readonly region: string;
  readonly accountId: string;
  readonly resolver: IntrinsicResolver;
  readonly resources: readonly StackResource[];
  /** What is in the template and is not played, each named once. */
  readonly notPlayed: Set<string>;
  readonly #folder: StackFolder;
  readonly #scope: NameScope;
  readonly #names = new Map<string, string>();
  readonly #naming = new Set<string>();

  /** @param folder of the stack that this one is asked for by; by default its own */
  constructor(source: SynthesizedTemplate, region: string, accountId: string, folder?: StackFolder) {
    this.source = source;
    this.region = region;
    this.accountId = accountId;
    const open = (sibling: SynthesizedTemplate, of: StackFolder): ResolvedStack =>
      new ResolvedStack(sibling, region, accountId, of);
    this.#folder = folder ?? new StackFolder(source.siblings ?? [], open);
    this.notPlayed = this.#folder.notPlayed;
    const { template, stackName, parameterValues, importedValues } = source;
    this.#scope = {
      stackName,
      region,
      accountId,
      property: (resource, name) => this.resolver.resolve(own(resource.Properties, name)),
    };
    const valueOf = (found: FoundOutput | undefined): unknown => found && this.#folder.valueOf(found);
    this.resolver = new IntrinsicResolver({
      template,
      stackName,
      region,
      accountId,
      ...(parameterValues && { parameterValues }),
      physicalId: (id) => refOf(this.#named(id), this.#scope),
      attribute: (id, name) => attributeOf(this.#named(id), name, this.#scope),
      exported: (name) => importedValues?.get(name) ?? valueOf(this.#folder.exported(name)),
      stackOutput: (stack, key) => valueOf(this.#folder.output(stack, key)),
    });
    this.resources = Object.entries(template.Resources)
      .filter(([id, { Condition }]) =>
        this.explaining(() => this.resolver.holds(Condition), `${id}.Condition`),
      )
      .map(([id, declaration]) => this.#resource(id, declaration));
  }

  /** Resources of one type, in the template's order. */
  ofType(type: string): readonly StackResource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /**
   * The properties that the schema names, worked out; others are not looked at, so they need no value here.
   * One that the schema can do without and that has no value on this machine is named as not played.
   * @throws TemplateError when one is missing, of the wrong shape, or needed and without a value
   */
  read<S extends z.ZodObject>(resource: StackResource, schema: S): z.infer<S> {
    const values: Record<string, unknown> = {};
    for (const name of Object.keys(schema.shape)) {
      const where = `${resource.logicalId}.${name}`;
      const declared = own(resource.declaration.Properties, name);
      const isOptional = schema.shape[name]?.safeParse(undefined).success === true;
      const value = this.explaining(
        () => (isOptional ? this.attempt(declared, where) : this.resolver.resolve(declared)),
        where,
      );
      if (value !== undefined) values[name] = value;
    }
    const parsed = schema.safeParse(values);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const where = [resource.logicalId, ...(issue?.path ?? [])].join('.');
    throw new TemplateError(
      this.source.templateFile,
      `${where} (${resource.type}): ${describeIssue(issue, values)}; compare with the CloudFormation reference`,
      parsed.error,
    );
  }

  /**
   * As `read`, for a resource that the stage can do without: when it can't be read it is named as not played.
   * @throws TemplateError when it refers to itself
   */
  tryRead<S extends z.ZodObject>(resource: StackResource, schema: S, what: string): z.infer<S> | undefined {
    try {
      return this.read(resource, schema);
    } catch (error) {
      if (!(error instanceof TemplateError) || error.cause instanceof CircularReferenceError) throw error;
      this.notPlayed.add(`${what} (${error.problem})`);
      return undefined;
    }
  }

  /**
   * A value that the stage can do without: when it has none here it is named as not played.
   * @throws CircularReferenceError
   */
  attempt(value: unknown, name: string): unknown {
    try {
      return this.resolver.resolve(value);
    } catch (error) {
      if (!(error instanceof IntrinsicError) || error instanceof CircularReferenceError) throw error;
      this.notPlayed.add(`${name} (${error.message})`);
      return undefined;
    }
  }

  /** The stacks whose outputs this one uses, and those that they use in turn. */
  importedStacks(): readonly ResolvedStack[] {
    const stacks = new Set<ResolvedStack>([this]);
    // A set that grows while it is walked is walked to its new end.
    for (const stack of stacks) {
      for (const found of findImports(stack, this.#folder)) stacks.add(found.stack);
    }
    stacks.delete(this);
    return [...stacks];
  }

  /**
   * Does the work of reading a part of the template.
   * @throws TemplateError in place of an IntrinsicError, which knows neither the file nor the part
   */
  explaining<T>(work: () => T, where = 'the template'): T {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof IntrinsicError)) throw error;
      throw new TemplateError(
        this.source.templateFile,
        `${where} can't be worked out: ${error.message}${error.saysNext ? '' : `; ${NEXT}`}`,
        error,
      );
    }
  }

  /** Its name is worked out when asked for: most resources are never asked. */
  #resource(logicalId: string, declaration: TemplateResource): StackResource {
    const name = (): string => this.explaining(() => this.#named(logicalId).name, `the name of ${logicalId}`);
    return {
      logicalId,
      type: declaration.Type,
      declaration,
      get physicalId(): string {
        return name();
      },
    };
  }

  /** A name without a value here is replaced: all who refer to it then agree on the same one. */
  #named(logicalId: string): NamedResource {
    const declaration = own(this.source.template.Resources, logicalId) ?? { Type: 'unknown' };
    const known = this.#names.get(logicalId);
    if (known !== undefined) return { logicalId, declaration, name: known };
    if (this.#naming.has(logicalId)) throw new CircularReferenceError('Name of', logicalId);
    this.#naming.add(logicalId);
    try {
      const name = physicalName(logicalId, declaration, this.#scope);
      this.#names.set(logicalId, name);
      return { logicalId, declaration, name };
    } catch (error) {
      if (!(error instanceof IntrinsicError) || error instanceof CircularReferenceError) throw error;
      const name = generatedName(logicalId, this.source.stackName);
      this.notPlayed.add(`name of ${logicalId}: ${name} stands in for it (${error.message})`);
      this.#names.set(logicalId, name);
      return { logicalId, declaration, name };
    } finally {
      this.#naming.delete(logicalId);
    }
  }
}
