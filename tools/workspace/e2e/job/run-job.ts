import { interpolate, isMet } from './evaluate.ts';
import type { Contexts, JobStatus } from './evaluate.ts';
import { Machine } from './machine.ts';
import type { Commands } from './machine.ts';
import { readAction, readWorkflow } from './read-github.ts';
import type { Step } from './read-github.ts';

/** A token that must be seen nowhere. */
export const TOKEN = 'ghs_never-to-be-printed';

const machines: Machine[] = [];
afterAll(() => machines.forEach((machine) => machine.remove()));

/** What GitHub tells every job. */
const GITHUB = {
  token: TOKEN,
  repository: 'acme/spillway',
  repository_owner: 'acme',
  server_url: 'https://github.com',
  run_id: '42',
  job: 'job',
  sha: 'c0ffee',
  ref: 'refs/heads/main',
  ref_name: 'main',
};

export interface JobRun {
  readonly contexts?: Contexts;
  readonly commands?: Commands;
  /** Outputs of other people's actions, by the step's id. */
  readonly actionOutputs?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What is in the checkout and in the runner's temporary folder when the job starts. */
  readonly prepare?: (machine: Machine) => unknown;
}

export interface JobResult {
  /** `skipped`: its `if` was not met. */
  readonly result: JobStatus | 'skipped';
  readonly calls: readonly string[];
  /** What the steps printed. */
  readonly text: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly machine: Machine;
}

interface Scope {
  readonly machine: Machine;
  readonly contexts: Contexts;
  readonly env: Readonly<Record<string, string>>;
  readonly shell: string | undefined;
  readonly actionOutputs: NonNullable<JobRun['actionOutputs']>;
  readonly status: JobStatus;
}

interface Progress {
  readonly status: JobStatus;
  readonly text: string;
  readonly steps: Readonly<Record<string, unknown>>;
}

/** Runs the steps of a workflow's job in order as GitHub does: expressions, conditions, shells and files are real. */
export function runJob(workflow: string, name: string, run: JobRun = {}): JobResult {
  const { defaults, jobs } = readWorkflow(workflow);
  const job = jobs[name];
  if (job === undefined)
    throw new Error(`${workflow}: no job ${name}, want one of ${Object.keys(jobs).join(', ')}`);
  const machine = new Machine(run.commands ?? {});
  machines.push(machine);
  run.prepare?.(machine);
  const contexts = contextsOf(machine, run.contexts ?? {});
  if (!isMet(job.if, contexts, 'success')) {
    return { result: 'skipped', calls: [], text: '', summary: '', outputs: {}, machine };
  }
  const env = evaluateAll(job.env, contexts);
  const scope = {
    machine,
    contexts,
    env,
    shell: defaults?.run.shell,
    actionOutputs: run.actionOutputs ?? {},
  };
  const { status, text, steps } = runSteps(job.steps, { ...scope, status: 'success' });
  const outputs = evaluateAll(job.outputs, { ...contexts, steps });
  return { result: status, calls: machine.calls, text, summary: machine.summary, outputs, machine };
}

function contextsOf(machine: Machine, given: Contexts): Contexts {
  const nothing = { inputs: {}, vars: {}, matrix: {}, needs: {}, steps: {}, env: {} };
  const github = { ...GITHUB, ...(given['github'] as object | undefined) };
  return { ...nothing, ...given, github, runner: { temp: machine.temp, os: 'Linux' } };
}

function runSteps(steps: readonly Step[], scope: Scope): Progress {
  return steps.reduce<Progress>(
    (before, step) => {
      const contexts = { ...scope.contexts, env: scope.env, steps: before.steps };
      const isRun = isMet(step.if, contexts, before.status);
      const ran = isRun ? runStep(step, { ...scope, contexts, status: before.status }) : undefined;
      const outcome = ran === undefined ? 'skipped' : ran.isGood ? 'success' : 'failure';
      return {
        status: outcome === 'failure' ? 'failure' : before.status,
        text: before.text + (ran?.text ?? ''),
        steps:
          step.id === undefined
            ? before.steps
            : { ...before.steps, [step.id]: { outcome, outputs: ran?.outputs ?? {} } },
      };
    },
    { status: scope.status, text: '', steps: {} },
  );
}

function runStep(step: Step, scope: Scope) {
  const { machine, contexts, env, shell } = scope;
  if (step.uses !== undefined) return runAction(step, step.uses, scope);
  const variables = { ...defaultVariables(contexts), ...env, ...evaluateAll(step.env, contexts) };
  return machine.run(step.run ?? '', step.shell ?? shell, variables);
}

/** Our own actions are run step by step, others are noted. */
function runAction(step: Step, uses: string, scope: Scope) {
  const inputs = evaluateAll(step.with, scope.contexts);
  if (!uses.startsWith('./')) {
    const given = inputs['name'] ?? inputs['role-to-assume'];
    scope.machine.note(`uses ${uses.split('@')[0]}${given === undefined ? '' : ` ${given}`}`);
    return { isGood: true, text: '', outputs: scope.actionOutputs[step.id ?? ''] ?? {} };
  }
  const action = readAction(uses);
  const defaults = Object.entries(action.inputs).map(([name, input]) => [name, String(input.default ?? '')]);
  const contexts = { ...scope.contexts, inputs: { ...Object.fromEntries(defaults), ...inputs } };
  const nested = { ...scope, contexts, shell: undefined, status: 'success' as const };
  const { status, text } = runSteps(action.runs.steps, nested);
  return { isGood: status === 'success', text, outputs: {} };
}

function evaluateAll(values: Readonly<Record<string, unknown>>, contexts: Contexts): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, interpolate(String(value), contexts)]),
  );
}

/** `GITHUB_SHA` and the rest of what GitHub puts into every environment; the token is not among it. */
function defaultVariables(contexts: Contexts): Record<string, string> {
  const named = Object.entries(contexts['github'] as Record<string, unknown>)
    .filter(([name, value]) => name !== 'token' && typeof value === 'string')
    .map(([name, value]) => [`GITHUB_${name.toUpperCase()}`, String(value)]);
  return Object.fromEntries(named);
}
