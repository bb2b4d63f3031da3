import { join } from 'node:path';
import { handlerVariables } from '../contestants/handler-variables.ts';
import { childEnvironment } from '../process/child-environment.ts';
import { startGroup } from '../process/child-group.ts';
import { parseHandlerUse, type HandlerUse, type InvocationPlan } from './handler-use.ts';

/** Where the environments of one bench run. */
export interface EnvironmentSite {
  /** For what they print. */
  readonly directory: string;
  readonly engineEndpoint: string;
}

/** Runs a handler's file in a process of its own, to its end. @throws when that fails */
export async function runEnvironment(
  site: EnvironmentSite,
  handlerFile: string,
  plan: InvocationPlan,
): Promise<HandlerUse> {
  const group = startGroup({
    command: process.execPath,
    args: [join(import.meta.dirname, 'handler-child.cjs'), handlerFile, JSON.stringify(plan)],
    cwd: site.directory,
    env: childEnvironment(handlerVariables(site.engineEndpoint)),
    logFile: join(site.directory, 'environment.log'),
    launcher: [],
  });
  try {
    const code = await group.ended;
    if (code !== 0) throw new Error(`${handlerFile} ended with ${code}: ${group.printed()}`);
    return parseHandlerUse(group.printed());
  } finally {
    await group.stop();
  }
}
