/** Projects of the workspace by name, with the commands of their targets; null where a target runs no command. */
export type Projects = ReadonlyMap<string, ReadonlyMap<string, string | null>>;

/** What a command of the documents comes to. */
export type Meaning =
  /** A target of a project; `command` takes the arguments. */
  | {
      readonly kind: 'target';
      readonly project: string;
      readonly target: string;
      readonly args: readonly string[];
    }
  /** A program of node_modules/.bin. */
  | { readonly kind: 'program'; readonly name: string; readonly args: readonly string[] }
  | { readonly kind: 'aws'; readonly args: readonly string[] }
  /** Nothing of ours to check, such as git, npm ci or Nx's own release. */
  | { readonly kind: 'foreign' }
  | { readonly kind: 'wrong'; readonly problem: string };

/** Nx's own commands that take no target. */
const NX_OWN = new Set(['release', 'sync', 'reset', 'graph', 'show']);

/** Words of a command → what it comes to in this workspace. */
export function meaningOf(words: readonly string[], projects: Projects): Meaning {
  const [program, first = '', ...rest] = words;
  if (program === 'aws') return { kind: 'aws', args: [first, ...rest] };
  if (program !== 'npx') return { kind: 'foreign' };
  if (first !== 'nx') return { kind: 'program', name: first, args: rest };
  const [verb = '', subject = '', ...args] = rest;
  if (NX_OWN.has(verb)) return { kind: 'foreign' };
  if (verb === 'run-many' || verb === 'affected') return manyTargets(rest.slice(1), projects);
  if (verb === 'run') {
    const [project = '', target = 'run'] = subject.split(':');
    return oneTarget(project, target, args, projects);
  }
  return oneTarget(subject, verb, args, projects);
}

function oneTarget(project: string, target: string, args: readonly string[], projects: Projects): Meaning {
  const targets = projects.get(project);
  if (targets === undefined) return { kind: 'wrong', problem: `no project "${project}"` };
  if (!targets.has(target)) return { kind: 'wrong', problem: `project ${project} has no target "${target}"` };
  return { kind: 'target', project, target, args: args.filter((word) => word !== '--') };
}

function manyTargets(args: readonly string[], projects: Projects): Meaning {
  const named = args.slice(args.indexOf('-t') + 1).filter((word) => !word.startsWith('-'));
  const known = new Set([...projects.values()].flatMap((targets) => [...targets.keys()]));
  const strange = named.find((target) => !known.has(target));
  if (args.includes('-t') && named.length > 0 && strange === undefined) return { kind: 'foreign' };
  return {
    kind: 'wrong',
    problem: strange === undefined ? 'no target after -t' : `no project has "${strange}"`,
  };
}
