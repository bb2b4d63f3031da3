import type { ArtilleryEvents } from './artillery-metrics.ts';
import { ScenarioError } from './step-options.ts';

/** A function that a scenario's processor exports, called in Artillery's way or in the engine's. */
export type ProcessorFunction = (...values: unknown[]) => unknown;

/**
 * The exported function of this name.
 * @param processor what `config.processor` loaded to, or undefined where there is none
 * @throws ScenarioError naming those there are
 */
export function processorFunction(processor: unknown, name: unknown, place: string): ProcessorFunction {
  const exported = Object.entries(processor ?? {}).filter(([, value]) => typeof value === 'function');
  const found = exported.find(([key]) => key === name)?.[1];
  if (typeof found === 'function') return found as ProcessorFunction;
  const names = exported.map(([key]) => key).filter((key) => key !== 'default');
  const wanted = names.length > 0 ? `one of ${names.join(', ')}` : 'a function of config.processor';
  throw new ScenarioError(place, [`found ${JSON.stringify(name)}, want ${wanted}`]);
}

/**
 * Calls it as Artillery's own engines do: `(context, events, done)`, or async without `done`. One that takes no
 * `done` and is not async is over when it returns, where Artillery would wait forever.
 */
export function callHook(hook: ProcessorFunction, context: unknown, events: ArtilleryEvents): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error?: unknown): void => (error ? reject(errorOf(error)) : resolve());
    const returned = hook(context, events, done);
    if (isPromise(returned))
      returned.then(
        () => resolve(),
        (error: unknown) => reject(errorOf(error)),
      );
    else if (hook.length < 3) resolve();
  });
}

/** Also what only has `then`, as libraries and transpiled code return it. */
export function isPromise(value: unknown): value is Promise<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}

/** Scripts also throw strings. */
function errorOf(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
