import * as z from 'zod';
import { reportOfArtillery1, window1Schema } from './artillery-1.ts';
import { reportOfArtillery2, window2Schema } from './artillery-2.ts';
import type { ForeignReport } from './foreign-report.ts';
import { hasPath } from './other-tools.ts';
import { refuse, type Refusal } from './refusal.ts';

/** Reporting periods of eleven days; the longest reports are below it. */
const WINDOWS_MAX = 100_000;

/** Issues of a report named in a refusal. */
const ISSUES_NAMED = 3;

const reportSchema = z.looseObject({
  aggregate: z.unknown(),
  intermediate: z.array(z.unknown()).max(WINDOWS_MAX).nullish(),
});

/** An Artillery report, or what is damaged in it; undefined for JSON of another kind. */
export function parseArtillery(json: unknown): ForeignReport | Refusal | undefined {
  // 1.x has counters too, the users' own.
  if (hasPath(json, 'aggregate.scenariosCreated') || hasPath(json, 'aggregate.requestsCompleted')) {
    return parse(json, '1', window1Schema, reportOfArtillery1);
  }
  if (hasPath(json, 'aggregate.counters')) return parse(json, '2', window2Schema, reportOfArtillery2);
  return undefined;
}

/** Windows are parsed one by one and no further than to the first that is damaged: each may have many issues. */
function parse<Shape extends z.ZodType>(
  json: unknown,
  version: string,
  windowSchema: Shape,
  reportOf: (aggregate: z.infer<Shape>, windows: readonly z.infer<Shape>[]) => ForeignReport,
): ForeignReport | Refusal {
  const report = reportSchema.safeParse(json);
  if (!report.success) return damaged(version, report.error);
  const aggregate = windowSchema.safeParse(report.data.aggregate);
  if (!aggregate.success) return damaged(version, aggregate.error, 'aggregate');
  const windows: z.infer<Shape>[] = [];
  for (const [index, found] of (report.data.intermediate ?? []).entries()) {
    const window = windowSchema.safeParse(found);
    if (!window.success) return damaged(version, window.error, 'intermediate', index);
    windows.push(window.data);
  }
  return reportOf(aggregate.data, windows);
}

function damaged(version: string, { issues }: z.ZodError, ...prefix: (string | number)[]): Refusal {
  const named = issues
    .slice(0, ISSUES_NAMED)
    .map((issue) => `${[...prefix, ...issue.path].map(String).join('.')}: ${wantedOf(issue)}`);
  const more = issues.length > named.length ? `; and ${issues.length - named.length} more` : '';
  return refuse(`a report like Artillery ${version}'s that is damaged: ${named.join('; ')}${more}`);
}

/** Zod's message, but for a value of another type what is wanted alone: what it found may be a word of the language. */
function wantedOf(issue: z.core.$ZodIssue): string {
  return issue.code === 'invalid_type' ? `want ${issue.expected}` : issue.message;
}
