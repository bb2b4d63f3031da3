import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import * as z from 'zod';
import type { ResolvedStack } from './resolved-stack.ts';

/** What `Code` of a function may be; a plain text is a local path, as `aws cloudformation package` takes it. */
export const functionCodeSchema = z.union([
  z.string(),
  z.looseObject({
    S3Key: z.string().optional(),
    ZipFile: z.string().optional(),
    ImageUri: z.string().optional(),
  }),
]);

/** Where the code of a function is, or why there is none to run. */
export type FunctionCode =
  | { readonly kind: 'folder'; readonly directory: string; readonly hash: string }
  | { readonly kind: 'inline'; readonly source: string; readonly hash: string }
  | { readonly kind: 'none'; readonly why: string };

/** Finds the code that a function declares on this machine. */
export function findFunctionCode(
  stack: ResolvedStack,
  code: z.infer<typeof functionCodeSchema>,
): FunctionCode {
  if (typeof code === 'string') {
    return folderCode(resolve(dirname(stack.source.templateFile), code), code, code);
  }
  if (code.ImageUri !== undefined) return { kind: 'none', why: 'container image' };
  if (code.ZipFile !== undefined) {
    const hash = createHash('sha256').update(code.ZipFile).digest('hex');
    return { kind: 'inline', source: code.ZipFile, hash };
  }
  if (code.S3Key === undefined) return { kind: 'none', why: 'no S3Key and no ZipFile in its code' };
  // The CDK names an asset's object after the hash of its content.
  const hash = code.S3Key.replace(/^.*\//, '').replace(/\.\w+$/, '');
  return folderCode(stack.source.assetPaths.get(code.S3Key), code.S3Key, hash);
}

function folderCode(path: string | undefined, shown: string, hash: string): FunctionCode {
  const found = path === undefined ? undefined : statSync(path, { throwIfNoEntry: false });
  if (path !== undefined && found?.isDirectory()) return { kind: 'folder', directory: path, hash };
  // A folder is what the CDK makes of everything but a ready-made archive.
  if (found?.isFile()) return { kind: 'none', why: `its code ${shown} is an archive, want a folder` };
  return { kind: 'none', why: `no folder beside the template for its code ${shown}` };
}
