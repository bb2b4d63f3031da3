import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

/** What figures depend on besides the programs. */
export function describeMachine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const gigabytes = (totalmem() / 1024 ** 3).toFixed(0);
  return (
    `${availableParallelism()} × ${model}, ${gigabytes} GB, ${process.platform} ${process.arch}, ` +
    `Node ${process.versions.node}, load average at the start ${loadavg()[0]?.toFixed(2) ?? '?'}`
  );
}
