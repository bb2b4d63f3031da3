import { nameAbsentApis } from './absent-apis.ts';
import { inReadingOrder } from './not-played-lines.ts';
import { playedQualifier } from './function-aliases.ts';
import { readFunctions, type FunctionModel } from './function-model.ts';
import { nameWhatIsNotPlayed } from './played-resources.ts';
import { readHttpStages, type HttpStageModel } from './http-api/http-stage-model.ts';
import type { SynthesizedTemplate } from './read-template.ts';
import { ResolvedStack } from './resolved-stack.ts';
import { readRestStages, type RestStageModel } from './rest/rest-stage-model.ts';
import { readTables, type TableModel } from './table-model.ts';
import { TemplateError } from './template-error.ts';
import {
  readApiKeys,
  readUsagePlans,
  type ApiKeyModel,
  type UsagePlanModel,
} from './rest/usage-plan-model.ts';

/** Account of everything local, as AWS's own documentation writes an unknown one. */
export const LOCAL_ACCOUNT_ID = '000000000000';

/** Everything the local stage plays of one template, in its own words. */
export interface StageModel {
  readonly stackName: string;
  readonly region: string;
  readonly accountId: string;
  /** The template, as `GetTemplate` gives it back. */
  readonly templateText: string;
  /** Together with `httpStages` at least one. */
  readonly restStages: readonly RestStageModel[];
  readonly httpStages: readonly HttpStageModel[];
  readonly usagePlans: readonly UsagePlanModel[];
  readonly apiKeys: readonly ApiKeyModel[];
  /** Functions that a route calls. */
  readonly functions: readonly FunctionModel[];
  readonly tables: readonly TableModel[];
  readonly outputs: readonly StackOutput[];
  /** Named once at start: causes before what comes of them, types and properties without effect last. */
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
 * @throws TemplateError when it has no API stage, or a property it can't do without has no value here
 */
export function buildStageModel(source: SynthesizedTemplate, region: string): StageModel {
  const stack = new ResolvedStack(source, region, LOCAL_ACCOUNT_ID);
  return stack.explaining(() => readStage(stack));
}

function readStage(stack: ResolvedStack): StageModel {
  const { source, region } = stack;
  for (const warning of source.warnings ?? []) stack.notPlayed.add(`template: ${warning}`);
  const ownFunctions = readFunctions(stack);
  const imported = stack.importedStacks();
  const allFunctions = [...ownFunctions, ...imported.flatMap(readFunctions)];
  const functionNames = new Set(allFunctions.map(({ name }) => name));
  const restStages = readRestStages(stack, functionNames);
  const httpStages = readHttpStages(stack, functionNames);
  if (restStages.length + httpStages.length === 0) {
    throw new TemplateError(
      source.templateFile,
      'no AWS::ApiGateway::Stage or AWS::ApiGatewayV2::Stage with its API in it, want an API with a stage; ' +
        'choose another with --template',
    );
  }
  const routes = [
    ...restStages.flatMap(({ methods }) => methods),
    ...httpStages.flatMap((stage) => stage.routes),
  ];
  const called = new Map(
    [...Map.groupBy(routes, ({ functionName }) => functionName)].map(([name, callers]) => [
      name,
      new Set(callers.map(({ functionQualifier }) => functionQualifier)),
    ]),
  );
  for (const { name } of ownFunctions) {
    if (!called.has(name)) stack.notPlayed.add(`function ${name} (no route calls it)`);
  }
  const functions = allFunctions.flatMap((fn) => {
    const calledAs = called.get(fn.name);
    return calledAs ? [{ ...fn, calledAs: playedQualifier(stack, fn.name, fn.aliases, calledAs) }] : [];
  });
  const tables = [stack, ...imported].flatMap(readTables);
  const outputs = readOutputs(stack);
  const apiKeys = readApiKeys(stack);
  const usagePlans = readUsagePlans(stack, apiKeys);
  nameWhatIsNotPlayed(stack);
  nameAbsentApis(stack);
  for (const { source: other } of imported) {
    stack.notPlayed.add(`stack ${other.stackName} (but for its tables and the functions that routes call)`);
  }
  for (const what of [stack, ...imported].flatMap(({ resolver }) => [...resolver.stoodIn])) {
    stack.notPlayed.add(`${what}: its name stands in for its value`);
  }
  return {
    stackName: source.stackName,
    region,
    accountId: LOCAL_ACCOUNT_ID,
    templateText: source.text ?? JSON.stringify(source.template),
    restStages,
    httpStages,
    usagePlans,
    apiKeys,
    functions,
    tables,
    outputs,
    notPlayed: inReadingOrder(stack.notPlayed),
  };
}

function readOutputs(stack: ResolvedStack): readonly StackOutput[] {
  return Object.entries(stack.source.template.Outputs ?? {}).flatMap(([key, declaration]) => {
    if (!stack.resolver.holds(declaration.Condition)) return [];
    const value = stack.attempt(declaration.Value, `output ${key}`);
    if (value === undefined) return [];
    const description = declaration.Description;
    if (value === null || typeof value === 'object') {
      stack.notPlayed.add(`output ${key} (wants text)`);
      return [];
    }
    return [{ key, value: String(value), ...(description === undefined ? {} : { description }) }];
  });
}
