import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { parseJsonAs, parseTemplate } from './parse-template.ts';
import { readStackName } from './stack-name.ts';
import { TemplateError } from './template-error.ts';
import { assetManifestSchema, type Template } from './template-schema.ts';

/** A synthesized template and where its assets lie on this machine. */
export interface SynthesizedTemplate {
  readonly templateFile: string;
  /** `Spillway-local` for `Spillway-local.template.json`, unless the CDK's manifest says otherwise. */
  readonly stackName: string;
  readonly template: Template;
  /** As it is in its file; without it what was read of it. */
  readonly text?: string;
  /** S3 key of an asset → its path on disk. */
  readonly assetPaths: ReadonlyMap<string, string>;
  /** What its reader wondered at, each in one line. */
  readonly warnings?: readonly string[];
  /** The templates beside it, read when this one uses their outputs. */
  readonly siblings?: readonly SynthesizedTemplate[];
  /** Values given in place of the defaults of parameters. */
  readonly parameterValues?: ReadonlyMap<string, string>;
  /** Values given for what `Fn::ImportValue` names. */
  readonly importedValues?: ReadonlyMap<string, string>;
}

/** What only a deployment would tell, given by hand instead. */
export interface GivenValues {
  readonly parameterValues: ReadonlyMap<string, string>;
  readonly importedValues: ReadonlyMap<string, string>;
}

const SUFFIX = '.template.json';
const NOTHING_GIVEN: GivenValues = { parameterValues: new Map(), importedValues: new Map() };

/**
 * Reads a template and, when there is one, `<stack>.assets.json` beside it.
 * @throws TemplateError when the template is missing, is no CloudFormation template, or has no parameter that a
 * value is given for
 */
export async function readTemplate(
  templateFile: string,
  given: GivenValues = NOTHING_GIVEN,
): Promise<SynthesizedTemplate> {
  const text = await readText(templateFile);
  const own = await readStack(templateFile, text);
  refuseUnknownParameters(own, given.parameterValues);
  // The names of the functions that use other stacks, in JSON and in YAML's long and short forms.
  const usesOthers = /ImportValue|GetStackOutput/.test(text);
  return { ...own, ...given, siblings: usesOthers ? await readSiblings(templateFile) : [] };
}

async function readStack(templateFile: string, text: string): Promise<SynthesizedTemplate> {
  const { template, warnings } = await parseTemplate(templateFile, text);
  const [stackName, assetPaths] = await Promise.all([
    readStackName(templateFile),
    readAssetPaths(templateFile),
  ]);
  return { templateFile, stackName, template, text, assetPaths, warnings };
}

async function readSiblings(templateFile: string): Promise<readonly SynthesizedTemplate[]> {
  const folder = dirname(templateFile);
  const ending = templateFile.endsWith(SUFFIX) ? SUFFIX : extname(templateFile);
  const names = (await readdir(folder)).filter(
    (name) => name.endsWith(ending) && name !== basename(templateFile),
  );
  const siblings = await Promise.all(
    names.map(async (name) => {
      const file = join(folder, name);
      try {
        return [await readStack(file, await readText(file))];
      } catch (error) {
        // Whatever else lies there is none of our business: an import that nobody exports is named.
        if (!(error instanceof TemplateError)) throw error;
        return [];
      }
    }),
  );
  return siblings.flat();
}

async function readAssetPaths(templateFile: string): Promise<ReadonlyMap<string, string>> {
  const paths = new Map<string, string>();
  if (!templateFile.endsWith(SUFFIX)) return paths;
  const folder = dirname(templateFile);
  const file = `${templateFile.slice(0, -SUFFIX.length)}.assets.json`;
  const text = await readFile(file, 'utf8').catch(() => null);
  // Without assets there is no code: each function is then named as not played.
  if (text === null) return paths;
  const manifest = parseJsonAs(file, text, assetManifestSchema, 'an asset manifest of the CDK');
  for (const { source, destinations } of Object.values(manifest.files ?? {})) {
    if (source.path === undefined) continue;
    for (const { objectKey } of Object.values(destinations))
      paths.set(objectKey, resolve(folder, source.path));
  }
  return paths;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new TemplateError(
      file,
      "can't be read, want a CloudFormation template; run npx nx synth infra, or cdk synth, first",
      cause,
    );
  }
}

function refuseUnknownParameters(
  { templateFile, template }: SynthesizedTemplate,
  parameterValues: ReadonlyMap<string, string>,
): void {
  const known = Object.keys(template.Parameters ?? {});
  const unknown = [...parameterValues.keys()].find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const wanted = known.length === 0 ? 'it has none' : `want one of ${known.join(', ')}`;
  throw new TemplateError(templateFile, `--parameter ${unknown}: no such parameter, ${wanted}`);
}
