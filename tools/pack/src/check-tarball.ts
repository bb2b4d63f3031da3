import { checkPackage, createPackageFromTarballData, type ResolutionKind } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

/**
 * How consumers may resolve the package's types. Left out: `node10`, which knows no `exports` and which TypeScript 6
 * deprecates, and `node16-cjs`, since the package is ESM only; Node from 20.19 on lets CommonJS require that.
 */
const RESOLUTIONS: readonly ResolutionKind[] = ['bundler', 'node16-esm'];

/** What publint and arethetypeswrong find wrong with a packed package, suggestions included. */
export async function checkTarball(tarball: Uint8Array): Promise<readonly string[]> {
  return [...(await findPackagingMistakes(tarball)), ...(await findWrongTypes(tarball))];
}

async function findPackagingMistakes(tarball: Uint8Array): Promise<readonly string[]> {
  const data = Uint8Array.from(tarball).buffer;
  const { messages, pkg } = await publint({ pack: { tarball: data }, strict: true, level: 'suggestion' });
  return messages.map(
    (message) => `publint ${message.type} ${message.code}: ${formatMessage(message, pkg, { color: false })}`,
  );
}

async function findWrongTypes(tarball: Uint8Array): Promise<readonly string[]> {
  const analysis = await checkPackage(createPackageFromTarballData(tarball));
  if (!analysis.types) return ['arethetypeswrong: the package has no types'];
  return analysis.problems
    .filter((problem) => !('resolutionKind' in problem) || RESOLUTIONS.includes(problem.resolutionKind))
    .map((problem) => `arethetypeswrong ${problem.kind}: ${JSON.stringify(problem)}`);
}
