/** Configuration of this project, as git names it. */
const CONFIG = 'apps/infra/config/';
export const STAGES_FILE = `${CONFIG}stages.json`;
const THROTTLE_FILE = /^throttle\.([a-z][a-z0-9-]*)\.json$/;

/** What the files of a change can do to stages. */
export interface SortedFiles {
  /** Stages whose own limits changed. */
  readonly throttled: readonly string[];
  /** Whether what stages differ in changed: for which of them is in the file. */
  readonly isStagesFile: boolean;
  /** Files that concern either every stage or none: Nx knows whether what is deployed is made from them. */
  readonly shared: readonly string[];
}

/**
 * Sorts the files of a change by what they can do to stages; what can't reach a deployment is left out.
 * @param files paths from the workspace's root
 * @param isProduction whether a file can reach a deployment
 */
export function sortFiles(files: readonly string[], isProduction: (path: string) => boolean): SortedFiles {
  const configured = files.filter((file) => file.startsWith(CONFIG));
  return {
    throttled: configured.flatMap((file) => THROTTLE_FILE.exec(file.slice(CONFIG.length))?.[1] ?? []),
    isStagesFile: configured.includes(STAGES_FILE),
    // The rest of config/ is about who may deploy, not about what is deployed.
    shared: files.filter((file) => !file.startsWith(CONFIG) && isProduction(file)),
  };
}
