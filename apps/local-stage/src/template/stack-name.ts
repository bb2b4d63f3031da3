import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as z from 'zod';

/** The CDK's `manifest.json`: which template belongs to which stack. */
const manifestSchema = z.looseObject({
  artifacts: z.record(
    z.string(),
    z.looseObject({
      properties: z
        .looseObject({ templateFile: z.string().optional(), stackName: z.string().optional() })
        .optional(),
    }),
  ),
});

/** Name of a template's stack: as the CDK's manifest beside it says, or else that of the file. */
export async function readStackName(templateFile: string): Promise<string> {
  const text = await readFile(join(dirname(templateFile), 'manifest.json'), 'utf8').catch(() => '');
  const file = basename(templateFile);
  const own = Object.values(artifactsOf(text)).find(({ properties }) => properties?.templateFile === file);
  return own?.properties?.stackName ?? file.replace(/(\.template)?\.(json|ya?ml)$/, '');
}

/** Nothing where it is no manifest of the CDK: other tools have files of that name. */
function artifactsOf(text: string): z.infer<typeof manifestSchema>['artifacts'] {
  try {
    return manifestSchema.safeParse(JSON.parse(text)).data?.artifacts ?? {};
  } catch {
    return {};
  }
}
