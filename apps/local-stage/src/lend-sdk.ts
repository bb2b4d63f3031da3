import { mkdir, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FunctionModel } from './template/function-model.ts';

/** What Lambda's Node runtimes bring along, so that bundles leave it out; and nothing else of this workspace. */
const SCOPES = ['@aws-sdk', '@smithy'] as const;

/**
 * Lets the functions find the AWS SDK that is installed here, as on Lambda by way of `NODE_PATH`. A client that is
 * not installed here is not found, though Lambda has them all.
 */
export async function lendSdk(functions: readonly FunctionModel[]): Promise<readonly FunctionModel[]> {
  const manifest = createRequire(import.meta.url).resolve('@aws-sdk/client-dynamodb/package.json');
  const installed = dirname(dirname(dirname(manifest)));
  // Made once and kept: a folder of links that every start needs anew would be left behind by each kill.
  const lent = join(installed, '.cache/spillway-sdk/node_modules');
  await mkdir(lent, { recursive: true });
  for (const scope of SCOPES) await linkOnce(join(installed, scope), join(lent, scope));
  return functions.map((fn) => ({ ...fn, moduleFolders: [...fn.moduleFolders, lent] }));
}

async function linkOnce(target: string, link: string): Promise<void> {
  try {
    await symlink(target, link, 'dir');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}
