import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the CDK writes about a construct: where in the sources it was said is of no use to a deployment. */
const METADATA = /\.metadata\.json$/;

/**
 * Takes the stack traces out of an assembly's metadata, which the CDK puts beside every acknowledged finding: they hold
 * this machine's paths, and the assembly of one commit is the same files on every machine.
 */
export function stripTraces(outdir: string): void {
  for (const name of readdirSync(outdir).filter((file) => METADATA.test(file))) {
    const file = join(outdir, name);
    const metadata: unknown = JSON.parse(readFileSync(file, 'utf8'), (key, value: unknown) =>
      key === 'trace' && Array.isArray(value) ? undefined : value,
    );
    writeFileSync(file, JSON.stringify(metadata, null, 2));
  }
}
