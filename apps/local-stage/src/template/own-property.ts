/** A property of its own, never one that every object inherits: templates may call a resource `constructor`. */
export function own<T>(object: Readonly<Record<string, T>> | undefined, key: string): T | undefined;
export function own(object: unknown, key: string): unknown;
export function own(object: unknown, key: string): unknown {
  if (typeof object !== 'object' || object === null || !Object.hasOwn(object, key)) return undefined;
  return (object as Record<string, unknown>)[key];
}
