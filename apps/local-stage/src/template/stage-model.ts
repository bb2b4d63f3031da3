import { readFunctions, type FunctionModel } from './function-model.ts';
import { nameWhatIsNotPlayed } from './played-resources.ts';
import type { SynthesizedTemplate } from './read-template.ts';
import { ResolvedStack } from './resolved-stack.ts';
import { readRestStages, type RestStageModel } from './rest/rest-stage-model.ts';
import { readTables, type TableModel } from './table-model.ts';
import { TemplateError } from './template-error.ts';

/** Account of everything local, as AWS's own documentation writes an unknown one. */
export const LOCAL_ACCOUNT_ID = '000000000000';

/** Everything the local stage plays of one template, in its own words. */
export interface StageModel {
  readonly stackName: string;
  readonly region: string;
  readonly accountId: string;
  /** At least one; the first is the one the start-up lines talk about. */
  readonly restStages: readonly RestStageModel[];
  /** Functions that a route calls. */
  readonly functions: readonly FunctionModel[];
  readonly tables: readonly TableModel[];
  readonly outputs: readonly StackOutput[];
  /** Named once at start. */
  readonly notPlayed: readonly string[];
}

/** As `DescribeStacks` tells it, before the API's host is replaced by the local one. */
export interface StackOutput {
  readonly key: string;
  readonly value: string;
  readonly description?: string;
}

/**
 * A synthesized template → what the local stage plays.
 * @throws TemplateError when it has no REST API stage, or a property it can't do without has no value here
 */
export function buildStageModel(source: SynthesizedTemplate, region: string): StageModel {
  const stack = new ResolvedStack(source, region, LOCAL_ACCOUNT_ID);
  const allFunctions = readFunctions(stack);
  const restStages = readRestStages(stack, new Set(allFunctions.map(({ name }) => name)));
  if (restStages.length === 0) {
    throw new TemplateError(
      source.templateFile,
      'no AWS::ApiGateway::Stage in it, want a REST API with a stage; choose another with --template',
    );
  }
  const called = new Set(
    restStages.flatMap(({ methods }) => methods.map(({ functionName }) => functionName)),
  );
  for (const { name } of allFunctions) {
    if (!called.has(name)) stack.notPlayed.add(`function ${name} (no route calls it)`);
  }
  const tables = readTables(stack);
  const outputs = readOutputs(stack);
  nameWhatIsNotPlayed(stack);
  for (const parameter of stack.resolver.stoodIn) {
    stack.notPlayed.add(`SSM parameter ${parameter}: its name stands in for its value`);
  }
  return {
    stackName: source.stackName,
    region,
    accountId: LOCAL_ACCOUNT_ID,
    restStages,
    functions: allFunctions.filter(({ name }) => called.has(name)),
    tables,
    outputs,
    notPlayed: [...stack.notPlayed].sort(),
  };
}

function readOutputs(stack: ResolvedStack): readonly StackOutput[] {
  return Object.entries(stack.source.template.Outputs ?? {}).flatMap(([key, declaration]) => {
    if (!stack.resolver.holds(declaration.Condition)) return [];
    const value = stack.attempt(declaration.Value, `output ${key}`);
    if (value === undefined) return [];
    const description = declaration.Description;
    return [{ key, value: String(value), ...(description === undefined ? {} : { description }) }];
  });
}
