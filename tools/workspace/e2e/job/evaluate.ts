import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import type { FunctionDefinition } from '@actions/expressions/funcs/info';
import { truthy } from '@actions/expressions/result';

/** What expressions may name: `github`, `inputs`, `steps` and so on, as plain values. */
export type Contexts = Readonly<Record<string, unknown>>;
/** How a job stands when an expression is read. */
export type JobStatus = 'success' | 'failure';

const EXPRESSION = /\$\{\{(.*?)\}\}/gs;
const STATUS_FUNCTION = /\b(always|cancelled|failure|success)\s*\(/;

/** A text with GitHub's expressions in it, evaluated by GitHub's own evaluator. */
export function interpolate(text: string, contexts: Contexts): string {
  return text.replaceAll(EXPRESSION, (_all, expression: string) =>
    evaluate(expression, contexts, 'success').coerceString(),
  );
}

/** Whether an `if` lets a step or job run; where it asks for no status, success is asked for. */
export function isMet(condition: unknown, contexts: Contexts, status: JobStatus): boolean {
  const text = String(condition ?? true).replace(/^\s*\$\{\{(.*)\}\}\s*$/s, '$1');
  if (!STATUS_FUNCTION.test(text) && status === 'failure') return false;
  return truthy(evaluate(text, contexts, status));
}

function evaluate(expression: string, contexts: Contexts, status: JobStatus): data.ExpressionData {
  const functions = statusFunctions(status);
  const { tokens } = new Lexer(expression).lex();
  const parsed = new Parser(tokens, Object.keys(contexts), [...functions.values()]).parse();
  const values = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary;
  return new Evaluator(parsed, values, functions).evaluate();
}

function statusFunctions(status: JobStatus): Map<string, FunctionDefinition> {
  const answers = {
    always: true,
    cancelled: false,
    failure: status === 'failure',
    success: status === 'success',
  };
  const definitions = Object.entries(answers).map(([name, answer]): FunctionDefinition => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(answer),
  }));
  const hash: FunctionDefinition = {
    name: 'hashfiles',
    minArgs: 1,
    maxArgs: 255,
    call: () => new data.StringData('hash'),
  };
  return new Map([...definitions, hash].map((definition) => [definition.name, definition]));
}
