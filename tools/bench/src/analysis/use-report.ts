import * as z from 'zod';

const useReportSchema = z.strictObject({
  answers: z.int().nonnegative(),
  /** From the start of the process, its own start included. */
  elapsedMs: z.number().positive(),
  /** User and system time of all its threads. */
  cpuMs: z.number().positive(),
  /** Most resident memory of the process. */
  residentBytes: z.number().positive(),
});

/** What a child went through, and what that took. */
export type UseReport = z.infer<typeof useReportSchema>;

/** Prints the report of this process, as its last line. */
export function reportUse(answers: number): void {
  const { user, system } = process.cpuUsage();
  const report: UseReport = {
    answers,
    elapsedMs: performance.now(),
    cpuMs: (user + system) / 1000,
    residentBytes: process.resourceUsage().maxRSS * 1024,
  };
  console.log(JSON.stringify(report));
}

/** @throws when the last line of what a child printed is no report */
export function parseUse(printed: string): UseReport {
  return useReportSchema.parse(JSON.parse(printed.slice(printed.lastIndexOf('\n') + 1)));
}
