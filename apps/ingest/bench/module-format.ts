/**
 * Which module format starts sooner: builds the function as CommonJS and as an ES module, with the options of
 * its `build` target, and measures the CPU time of importing each in fresh processes, interleaved so that a busy
 * spell of the machine hits both. Prints medians and their ratio.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { readBuildOptions } from '../bundle/build-options.ts';

const RUNS = 25;
const projectDirectory = path.resolve(import.meta.dirname, '..');

/** CommonJS inside an ES module asks for `require`, which ES modules don't have. */
const requireShim = "import{createRequire}from'node:module';const require=createRequire(import.meta.url);";

const formats = [
  { format: 'cjs', file: 'index.cjs', banner: '' },
  { format: 'esm', file: 'index.mjs', banner: requireShim },
] as const;

/** CPU time rather than wall time: neighbours on a busy machine lengthen the one, hardly the other. */
function timeImportMs(file: string): number {
  const script = `
    const before = process.cpuUsage();
    import(${JSON.stringify(file)}).then(() => {
      const { user, system } = process.cpuUsage(before);
      console.log((user + system) / 1_000);
    });`;
  const env = { TABLE_NAME: 'entries', AWS_REGION: 'us-east-1' };
  return Number(execFileSync(process.execPath, ['-e', script], { env, encoding: 'utf8' }));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

const outDir = mkdtempSync(path.join(tmpdir(), 'spillway-bench-'));
try {
  const options = readBuildOptions(projectDirectory);
  const candidates = await Promise.all(
    formats.map(async ({ format, file, banner }) => {
      const outfile = path.join(outDir, file);
      await build({ ...options, format, outfile, banner: { js: banner } });
      return { format, outfile, timesMs: [] as number[] };
    }),
  );
  for (let run = 0; run < RUNS; run++) {
    for (const { outfile, timesMs } of candidates) timesMs.push(timeImportMs(outfile));
  }
  for (const { format, outfile, timesMs } of candidates) {
    const kilobytes = (statSync(outfile).size / 1_000).toFixed(0);
    console.log(
      `${format}  ${kilobytes} kB  import ${median(timesMs).toFixed(1)} ms CPU (median of ${RUNS})`,
    );
  }
  const [cjs, esm] = candidates;
  const ratios = cjs && esm ? cjs.timesMs.map((cjsMs, run) => (esm.timesMs[run] ?? NaN) / cjsMs) : [];
  console.log(`esm / cjs  ${median(ratios).toFixed(2)} (median of the ratios of neighbouring runs)`);
} finally {
  rmSync(outDir, { recursive: true });
}
