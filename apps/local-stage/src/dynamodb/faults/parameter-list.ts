/** `name:key=value,key=value` in its parts; what it lacks and what is wrong is for its reader to say. */
export interface ParameterList {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** Splits it up, or says what keeps it from being one. */
export function parseParameterList(text: string): ParameterList | { readonly issue: string } {
  const [, name = '', rest] = /^([\w-]+)(?::(.*))?$/s.exec(text) ?? [];
  if (name === '') return { issue: `found '${text}'` };
  const parameters = new Map<string, string>();
  for (const part of rest?.split(',') ?? []) {
    const [, key = '', value = ''] = /^(\w+)=(.+)$/s.exec(part) ?? [];
    if (key === '') return { issue: `found '${part}', want key=value` };
    if (parameters.has(key)) return { issue: `found ${key} twice` };
    parameters.set(key, value);
  }
  return { name, parameters };
}
