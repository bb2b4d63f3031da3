import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Template } from './diff-templates.ts';
import { TemplateDiffError } from './template-diff-error.ts';

const templateSchema = z.record(z.string(), z.unknown());

/** `Spillway-<stage>.template.json` */
const STACK_TEMPLATE = /^Spillway-([a-z][a-z0-9-]*)\.template\.json$/;

/**
 * Templates of a cloud assembly by stage.
 * @throws TemplateDiffError `TEMPLATES_MISSING`
 */
export function readTemplates(outdir: string): ReadonlyMap<string, Template> {
  const names = existsSync(outdir) ? readdirSync(outdir) : [];
  const templates = names.flatMap((name): [string, Template][] => {
    const [, stage] = STACK_TEMPLATE.exec(name) ?? [];
    if (stage === undefined) return [];
    return [[stage, templateSchema.parse(JSON.parse(readFileSync(join(outdir, name), 'utf8')))]];
  });
  if (templates.length > 0) return new Map(templates);
  throw new TemplateDiffError(
    'TEMPLATES_MISSING',
    `${outdir}: no templates, want one per stage; run npx nx synth infra`,
  );
}
