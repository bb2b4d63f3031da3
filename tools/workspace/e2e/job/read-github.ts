import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';

const github = resolve(import.meta.dirname, '../../../../.github');

const values = z.record(z.string(), z.unknown()).default({});

const stepSchema = z.looseObject({
  id: z.string().optional(),
  name: z.string().optional(),
  if: z.unknown().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  shell: z.string().optional(),
  env: values,
  with: values,
});
export type Step = z.infer<typeof stepSchema>;

const jobSchema = z.looseObject({
  if: z.unknown().optional(),
  env: values,
  outputs: values,
  permissions: z.record(z.string(), z.string()).optional(),
  environment: z.string().optional(),
  concurrency: z.union([z.string(), z.object({ group: z.string() })]).optional(),
  steps: z.array(stepSchema),
});
export type Job = z.infer<typeof jobSchema>;

const workflowSchema = z.looseObject({
  defaults: z.object({ run: z.object({ shell: z.string() }) }).optional(),
  env: values,
  jobs: z.record(z.string(), jobSchema),
});

const actionSchema = z.looseObject({
  inputs: z.record(z.string(), z.looseObject({ default: z.unknown().optional() })).default({}),
  runs: z.object({ steps: z.array(stepSchema) }),
});

/** A workflow of this repository, such as `ci`. */
export function readWorkflow(name: string) {
  return workflowSchema.parse(parse(readFileSync(join(github, 'workflows', `${name}.yml`), 'utf8')));
}

/** A composite action of this repository, by the path that workflows use. */
export function readAction(uses: string) {
  const path = join(github, '..', uses, 'action.yml');
  return actionSchema.parse(parse(readFileSync(path, 'utf8')));
}
