/**
 * Value of one `$context` variable of a request, by its name without `$context.`: `identity.sourceIp`. Null and
 * undefined both mean that it has none here.
 */
export type ContextVariables = (name: string) => string | number | null | undefined;
