/** What the engine reads of its surroundings; the only place that does. Never printed: secrets are among them. */
export function environmentVariable(name: string): string | undefined {
  const value = process.env[name];
  return value === '' ? undefined : value;
}
