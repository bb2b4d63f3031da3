import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ZodType } from 'zod';
import { TemplateError } from './template-error.ts';
import { assetManifestSchema, templateSchema, type Template } from './template-schema.ts';

/** A synthesized template and where its assets lie on this machine. */
export interface SynthesizedTemplate {
  readonly templateFile: string;
  /** `Spillway-local` for `Spillway-local.template.json`. */
  readonly stackName: string;
  readonly template: Template;
  /** S3 key of an asset → its path on disk. */
  readonly assetPaths: ReadonlyMap<string, string>;
}

const SUFFIX = '.template.json';

/**
 * Reads `<stack>.template.json` and, when there is one, `<stack>.assets.json` beside it.
 * @throws TemplateError when the template is missing, is not JSON, or is no CloudFormation template
 */
export async function readTemplate(templateFile: string): Promise<SynthesizedTemplate> {
  const stackName = basename(templateFile).replace(/(\.template)?\.json$/, '');
  const template = await readJson(templateFile, templateSchema, 'a CloudFormation template');
  const folder = dirname(templateFile);
  const manifestFile = join(folder, `${stackName}.assets.json`);
  const assetPaths = new Map<string, string>();
  if (templateFile.endsWith(SUFFIX)) {
    const manifest = await readJson(manifestFile, assetManifestSchema, 'an asset manifest of the CDK');
    for (const file of Object.values(manifest.files)) {
      if (file.source.path === undefined) continue;
      for (const { objectKey } of Object.values(file.destinations)) {
        assetPaths.set(objectKey, join(folder, file.source.path));
      }
    }
  }
  return { templateFile, stackName, template, assetPaths };
}

async function readJson<T>(file: string, schema: ZodType<T>, wanted: string): Promise<T> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new TemplateError(file, `can't be read, want ${wanted}; run npx nx synth infra first`, cause);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new TemplateError(file, `not JSON, want ${wanted} as synthesized; run npx nx synth infra`, cause);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') || '(file)';
  throw new TemplateError(file, `not ${wanted}: ${where}: ${issue?.message ?? 'unreadable'}`, parsed.error);
}
