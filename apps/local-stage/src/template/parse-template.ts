import type { ZodType } from 'zod';
import { own } from './own-property.ts';
import { TemplateError } from './template-error.ts';
import { templateSchema, type Template } from './template-schema.ts';
import type { YamlTemplate } from './yaml-template.ts';

const IS_YAML = /\.ya?ml$/i;

const PROCESSED = 'aws cloudformation get-template --template-stage Processed gives that of a deployed stack';

/** A template with what its reader wondered at, each in one line. */
export interface ParsedTemplate {
  readonly template: Template;
  readonly warnings: readonly string[];
}

/**
 * The text of a CloudFormation template → what the local stage reads of it.
 * @param file its ending says whether it is YAML; everything else is JSON
 * @throws TemplateError when it is no template, or one that only AWS can expand
 */
export async function parseTemplate(file: string, text: string): Promise<ParsedTemplate> {
  const wanted = 'a CloudFormation template';
  const { value, warnings } = IS_YAML.test(file)
    ? await parseYaml(file, text)
    : { value: parseJson(file, text, wanted), warnings: [] };
  refuseMacros(file, value);
  return { template: parseAs(file, value, templateSchema, wanted), warnings };
}

/**
 * Reads JSON that a schema describes.
 * @throws TemplateError says where it differs
 */
export function parseJsonAs<T>(file: string, text: string, schema: ZodType<T>, wanted: string): T {
  return parseAs(file, parseJson(file, text, wanted), schema, wanted);
}

function parseAs<T>(file: string, value: unknown, schema: ZodType<T>, wanted: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') || '(file)';
  throw new TemplateError(file, `not ${wanted}: ${where}: ${issue?.message ?? 'unreadable'}`, parsed.error);
}

function parseJson(file: string, text: string, wanted: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TemplateError(
      file,
      `not JSON, want ${wanted} as synthesized; run npx nx synth infra, or cdk synth`,
      cause,
    );
  }
}

async function parseYaml(file: string, text: string): Promise<YamlTemplate> {
  // Loaded when needed: most templates are JSON, and a start should take no longer than it must.
  const { parseYamlTemplate } = await import('./yaml-template.ts');
  try {
    return parseYamlTemplate(text);
  } catch (cause) {
    const [problem] = String(cause instanceof Error ? cause.message : cause).split('\n');
    throw new TemplateError(file, `not YAML (${problem}), want a CloudFormation template`, cause);
  }
}

/** What CloudFormation expands before it deploys, and the local stage can't. */
function refuseMacros(file: string, value: unknown): void {
  const transforms = [own(value, 'Transform')].flat();
  if (transforms.includes('AWS::Serverless-2016-10-31')) {
    throw new TemplateError(
      file,
      `found a SAM template (Transform AWS::Serverless-2016-10-31), want plain CloudFormation; ${PROCESSED}`,
    );
  }
  for (const section of ['Conditions', 'Mappings', 'Resources', 'Outputs']) {
    const loop = Object.keys(Object(own(value, section))).find((key) => key.startsWith('Fn::ForEach'));
    if (loop === undefined) continue;
    throw new TemplateError(file, `found ${loop} in ${section}, want a template without loops; ${PROCESSED}`);
  }
}
