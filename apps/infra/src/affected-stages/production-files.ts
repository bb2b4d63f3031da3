import * as z from 'zod';

const inputSchema = z.union([z.string(), z.looseObject({})]);
const nxJsonSchema = z.looseObject({ namedInputs: z.record(z.string(), z.array(inputSchema)) });

/** Files that no named input holds and that still decide what is built, and with what. */
const WORKSPACE_FILES = ['package.json', 'nx.json'];

/**
 * The files that can reach a deployment, told as Nx's named input `production` tells them: in a project what is no test
 * and no README, outside of projects what it names.
 * @param nxJson content of `nx.json`
 * @param projects folders of the projects, such as `libs/shared`
 * @param matches whether a path matches a glob
 */
export function productionFiles(
  nxJson: unknown,
  projects: readonly string[],
  matches: (path: string, pattern: string) => boolean,
): (path: string) => boolean {
  const patterns = expand(nxJsonSchema.parse(nxJson).namedInputs, 'production');
  const outside = [...withPrefix(patterns, '{workspaceRoot}/'), ...WORKSPACE_FILES];
  const inside = withPrefix(patterns, '{projectRoot}/');
  const left = withPrefix(patterns, '!{projectRoot}/');
  return (path) => {
    const project = projects.find((folder) => path.startsWith(`${folder}/`));
    if (project === undefined) return outside.some((pattern) => matches(path, pattern));
    const within = path.slice(project.length + 1);
    const isMatch = (pattern: string) => matches(within, pattern);
    return inside.some(isMatch) && !left.some(isMatch);
  };
}

/** Patterns of a named input and of those that it names. */
function expand(inputs: z.infer<typeof nxJsonSchema>['namedInputs'], name: string): string[] {
  return (inputs[name] ?? [])
    .filter((input) => typeof input === 'string')
    .flatMap((input) => (Object.hasOwn(inputs, input) ? expand(inputs, input) : [input]));
}

function withPrefix(patterns: readonly string[], prefix: string): string[] {
  return patterns
    .filter((pattern) => pattern.startsWith(prefix))
    .map((pattern) => pattern.slice(prefix.length));
}
