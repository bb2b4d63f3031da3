import { createRequire } from 'node:module';
import type * as Velocity from 'velocityjs';

/** Variables of a template, without their dollar signs; a template may set some of them. */
export type VtlVariables = Record<string, unknown>;

/** @throws Error when the template does something that its variables do not allow */
export type RenderVtl = (variables: VtlVariables) => string;

const loadPackage = createRequire(import.meta.url);

/**
 * A mapping template, taken apart once. One without variables and logic is its own result; the engine is loaded
 * only for others, because few stages have any.
 * @throws Error when the template can't be parsed
 */
export function compileVtl(template: string): RenderVtl {
  if (!/[#$]/.test(template)) return () => template;
  const { parse, Compile } = loadPackage('velocityjs') as typeof Velocity;
  const syntax = parse(template);
  return (variables) => new Compile(syntax).render(variables);
}
