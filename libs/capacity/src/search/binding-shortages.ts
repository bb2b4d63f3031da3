import { FULL_RATIO, stageSum, type BindingRule } from './binding-evidence.ts';
import { rateOf } from './rate-levels.ts';

/** Mean duration that grew by this much between the lowest and the failing rate: the function competes for CPU. */
const GROWTH = 1.5;

/** The generator fell behind in every step. */
const generator: BindingRule = (bound) => {
  const generator = bound.filter(({ judgement }) => judgement.inconclusive === 'generator');
  return generator.length < bound.length
    ? null
    : {
        by: 'generator',
        because: generator[0]?.judgement.reasons[0] ?? 'the generator fell behind',
        next: 'run the generator on a machine of its own',
      };
};

/** The machine of a local stage has nothing left. */
const host: BindingRule = (bound) => {
  const queued = stageSum(bound, 'hostQueued');
  const busiest = Math.max(0, ...bound.map(({ record }) => record.host.busyRatio));
  const stood = bound.filter(({ judgement }) => judgement.inconclusive === 'host').length;
  if (queued === 0 && busiest < FULL_RATIO && stood === 0) return null;
  const facts = [
    ...(queued > 0 ? [`${queued} invocations waited for a free execution environment on this machine`] : []),
    ...(busiest >= FULL_RATIO ? [`its cores were ${(100 * busiest).toFixed(0)} % busy`] : []),
    ...(stood > 0 ? [`the host stood still in ${stood} steps`] : []),
  ];
  return {
    by: 'host',
    because: `this machine is full: ${facts.join(', ')}`,
    next: 'measure a deployed stage, or raise --max-environments on a machine with more cores',
  };
};

/** The mean duration grew with the rate at the same memory. */
const functionCpu: BindingRule = (bound, steps, { limits: { memorySize } }) => {
  const calm = [...steps]
    .sort((one, other) => (rateOf(one) ?? 0) - (rateOf(other) ?? 0))
    .map(({ record }) => record.stage?.durationMeanMs ?? 0)
    .find((meanMs) => meanMs > 0);
  const strained = Math.max(0, ...bound.map(({ record }) => record.stage?.durationMeanMs ?? 0));
  return calm === undefined || strained < GROWTH * calm
    ? null
    : {
        by: 'function-cpu',
        because: `the function's mean duration grew from ${calm.toFixed(1)} to ${strained.toFixed(1)} ms at ${memorySize} MB`,
        next: 'try more memory, which brings more CPU (F37), and measure again',
      };
};

/** Rules that name a shortage: likely, where nothing was refused. */
export const shortageRules: readonly BindingRule[] = [generator, host, functionCpu];
