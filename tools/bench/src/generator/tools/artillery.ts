import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { ToolReportError, type ToolCommand, type ToolPlace } from './load-tool.ts';

const manifest = createRequire(import.meta.url).resolve('artillery/package.json');
const CLI = join(dirname(manifest), 'bin/run');
const ONE_WORKER = fileURLToPath(new URL('./one-worker.cjs', import.meta.url));
const REPORT = 'artillery.json';
/** Artillery starts a worker for every CPU but one. */
const CPUS_FOR_ONE_WORKER = 2;

const histogramSchema = z.object({
  p50: z.number(),
  p75: z.number(),
  p90: z.number(),
  p95: z.number(),
  p99: z.number(),
  p999: z.number(),
});
const reportSchema = z.object({
  aggregate: z.object({
    counters: z.record(z.string(), z.number()),
    histograms: z.record(z.string(), histogramSchema).default({}),
  }),
});

export type ArtilleryAggregate = z.infer<typeof reportSchema>['aggregate'];
export type ArtilleryHistogram = z.infer<typeof histogramSchema>;

/** `artillery 2.0.34` */
export function artilleryVersion(): string {
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(manifest, 'utf8')));
  return `artillery ${version}`;
}

/** `artillery run` of a script, as anybody would run it; with one worker, since it gets one core. */
export function artilleryRun(script: object, { url, directory }: ToolPlace): ToolCommand {
  const file = join(directory, 'script.json');
  writeFileSync(file, JSON.stringify(script));
  const preload = cpus().length > CPUS_FOR_ONE_WORKER ? ['--require', ONE_WORKER] : [];
  const run = ['run', '--quiet', '--target', url, '--output', join(directory, REPORT), file];
  return {
    command: process.execPath,
    args: [...preload, CLI, ...run],
    env: { ARTILLERY_DISABLE_TELEMETRY: 'true', HOME: directory },
  };
}

/** Artillery's own report, whole run. @throws ToolReportError where it left none */
export function readAggregate(tool: string, { directory }: ToolPlace, printed: string): ArtilleryAggregate {
  try {
    return reportSchema.parse(JSON.parse(readFileSync(join(directory, REPORT), 'utf8'))).aggregate;
  } catch (error) {
    throw new ToolReportError(tool, `${String(error)}; it printed: ${printed.slice(-500)}`, REPORT);
  }
}

/** Percentiles of one of its histograms, as points. */
export function quantilesOf(histogram: ArtilleryHistogram) {
  const { p50, p75, p90, p95, p99, p999 } = histogram;
  return [
    { ratio: 0.5, valueMs: p50 },
    { ratio: 0.75, valueMs: p75 },
    { ratio: 0.9, valueMs: p90 },
    { ratio: 0.95, valueMs: p95 },
    { ratio: 0.99, valueMs: p99 },
    { ratio: 0.999, valueMs: p999 },
  ];
}
