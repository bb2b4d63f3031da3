import { CircularReferenceError, IntrinsicError } from './intrinsics/intrinsic-error.ts';
import { own } from './own-property.ts';
import type { SynthesizedTemplate } from './read-template.ts';
import type { ResolvedStack } from './resolved-stack.ts';

/** An output, and the stack that has it. */
export interface FoundOutput {
  readonly stack: ResolvedStack;
  readonly key: string;
}

/** The stacks synthesized into one folder, which may use each other's outputs. */
export class StackFolder {
  readonly #sources: readonly SynthesizedTemplate[];
  readonly #open: (source: SynthesizedTemplate, folder: StackFolder) => ResolvedStack;
  readonly #stacks = new Map<SynthesizedTemplate, ResolvedStack>();
  readonly #asking = new Set<string>();
  #exports: ReadonlyMap<string, FoundOutput> | null = null;
  /** What of all of them is not played, each named once. */
  readonly notPlayed = new Set<string>();

  /** @param open makes a stack of a template, once it is asked for */
  constructor(
    sources: readonly SynthesizedTemplate[],
    open: (source: SynthesizedTemplate, folder: StackFolder) => ResolvedStack,
  ) {
    this.#sources = sources;
    this.#open = open;
  }

  /** The output that is exported under a name; undefined where no stack of the folder exports it. */
  exported(name: string): FoundOutput | undefined {
    this.#exports ??= this.#collectExports();
    return this.#exports.get(name);
  }

  /** An output by its stack and key, as `Fn::GetStackOutput` names it. */
  output(stackName: string, key: string): FoundOutput | undefined {
    const source = this.#sources.find((candidate) => candidate.stackName === stackName);
    if (!source || own(source.template.Outputs, key) === undefined) return undefined;
    return { stack: this.#stack(source), key };
  }

  /** @throws IntrinsicError when the output has no value here, or depends on itself across stacks */
  valueOf({ stack, key }: FoundOutput): unknown {
    const asked = `${stack.source.templateFile} ${key}`;
    if (this.#asking.has(asked)) throw new CircularReferenceError('Output', key);
    this.#asking.add(asked);
    try {
      return stack.resolver.resolve(own(stack.source.template.Outputs, key)?.Value);
    } finally {
      this.#asking.delete(asked);
    }
  }

  #collectExports(): ReadonlyMap<string, FoundOutput> {
    const found = new Map<string, FoundOutput>();
    // Set before they are complete: the name of an export may not depend on an import.
    this.#exports = found;
    for (const source of this.#sources) {
      for (const key of Object.keys(source.template.Outputs ?? {})) {
        const stack = this.#stack(source);
        const name = exportName(stack, key);
        if (name !== undefined) found.set(name, { stack, key });
      }
    }
    return found;
  }

  #stack(source: SynthesizedTemplate): ResolvedStack {
    const stack = this.#stacks.get(source) ?? this.#open(source, this);
    this.#stacks.set(source, stack);
    return stack;
  }
}

/** Undefined where it is not exported, or its name can't be worked out: who wants it hears that nobody exports it. */
function exportName(stack: ResolvedStack, key: string): string | undefined {
  const output = own(stack.source.template.Outputs, key);
  try {
    if (!output?.Export || !stack.resolver.holds(output.Condition)) return undefined;
    const name = stack.resolver.resolve(output.Export.Name);
    return typeof name === 'string' ? name : undefined;
  } catch (error) {
    if (!(error instanceof IntrinsicError)) throw error;
    return undefined;
  }
}
