import type * as z from 'zod';
import { IntrinsicError } from './intrinsics/intrinsic-error.ts';
import { attributeOf, physicalId, type NameScope } from './intrinsics/physical-names.ts';
import type { SynthesizedTemplate } from './read-template.ts';
import { IntrinsicResolver } from './intrinsics/resolve-intrinsics.ts';
import { TemplateError } from './template-error.ts';
import type { TemplateResource } from './template-schema.ts';

/** A resource whose condition holds. */
export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  /** What `Ref` gives. */
  readonly physicalId: string;
  readonly declaration: TemplateResource;
}

/** A template seen as CloudFormation would deploy it: names drawn, conditions decided, values worked out on demand. */
export class ResolvedStack {
  readonly source: SynthesizedTemplate;
  readonly region: string;
  readonly accountId: string;
  readonly resolver: IntrinsicResolver;
  readonly resources: readonly StackResource[];
  /** What is in the template and is not played, each named once. */
  readonly notPlayed = new Set<string>();

  constructor(source: SynthesizedTemplate, region: string, accountId: string) {
    this.source = source;
    this.region = region;
    this.accountId = accountId;
    const { template, stackName } = source;
    const names: NameScope = {
      stackName,
      region,
      accountId,
      property: (resource, name) => this.resolver.resolve(resource.Properties?.[name]),
    };
    this.resolver = new IntrinsicResolver({
      template,
      stackName,
      region,
      accountId,
      physicalId: (id) => physicalId(id, this.#declaration(id), names),
      attribute: (id, name) => attributeOf(id, this.#declaration(id), name, names),
    });
    this.resources = this.#explaining(() =>
      Object.entries(template.Resources)
        .filter(([, declaration]) => this.resolver.holds(declaration.Condition))
        .map(([logicalId, declaration]) => ({
          logicalId,
          type: declaration.Type,
          physicalId: String(physicalId(logicalId, declaration, names)),
          declaration,
        })),
    );
  }

  /** Resources of one type, in the template's order. */
  ofType(type: string): readonly StackResource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /**
   * The properties that the schema names, worked out; others are not looked at, so they need no value here.
   * @throws TemplateError when one is missing, of the wrong shape, or has no value on this machine
   */
  read<S extends z.ZodObject>(resource: StackResource, schema: S): z.infer<S> {
    const declared = resource.declaration.Properties ?? {};
    const values: Record<string, unknown> = {};
    for (const name of Object.keys(schema.shape)) {
      const value = this.#explaining(
        () => this.resolver.resolve(declared[name]),
        `${resource.logicalId}.${name}`,
      );
      if (value !== undefined) values[name] = value;
    }
    const parsed = schema.safeParse(values);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const where = [resource.logicalId, ...(issue?.path ?? [])].join('.');
    throw new TemplateError(
      this.source.templateFile,
      `${where} (${resource.type}): ${issue?.message}; compare with the CloudFormation reference`,
      parsed.error,
    );
  }

  /** A value that the stage can do without: when it has none here it is named as not played. */
  attempt(value: unknown, name: string): unknown {
    try {
      return this.resolver.resolve(value);
    } catch (error) {
      if (!(error instanceof IntrinsicError)) throw error;
      this.notPlayed.add(`${name} (${error.message})`);
      return undefined;
    }
  }

  #declaration(logicalId: string): TemplateResource {
    return this.source.template.Resources[logicalId] ?? { Type: 'unknown' };
  }

  #explaining<T>(work: () => T, where = 'a resource'): T {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof IntrinsicError)) throw error;
      throw new TemplateError(
        this.source.templateFile,
        `${where} can't be worked out: ${error.message}; give it a value that needs no deployment`,
        error,
      );
    }
  }
}
