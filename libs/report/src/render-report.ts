import type { Answers, RunRecord } from '@spillway/capacity';
import { html } from './html.ts';
import { auditSection } from './sections/audit-section.ts';
import { burstSection } from './sections/burst-section.ts';
import { capacitySection } from './sections/capacity-section.ts';
import { evidenceSection, reservationsSection } from './sections/evidence-section.ts';
import { limitsSection } from './sections/limits-section.ts';
import { replaySection } from './sections/replay-section.ts';
import { stepsSection } from './sections/steps-section.ts';
import { verdictSection } from './sections/verdict-section.ts';
import { stylesheet } from './stylesheet.ts';
import { verdictOf } from './verdict.ts';

/**
 * Run → one self-contained HTML page: nothing is fetched, so it works from disk and as a CI artifact. The same run
 * gives the same bytes. Partial runs are rendered too.
 * @param answersByStep answers of discovery steps by step name; with them the page shows whole distributions
 */
export function renderReport(
  run: RunRecord,
  answersByStep: ReadonlyMap<string, Answers> = new Map<string, Answers>(),
): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="data:," />
        <title>${verdictOf(run).headline} · ${run.stage} · Spillway</title>
        <style>
          ${stylesheet}
        </style>
      </head>
      <body>
        ${verdictSection(run)}
        <main>
          ${limitsSection(run)} ${capacitySection(run, answersByStep)} ${replaySection(run)}
          ${auditSection(run)} ${burstSection(run)} ${stepsSection(run)} ${reservationsSection(run)}
          ${evidenceSection(run)}
        </main>
      </body>
    </html> `;
  return page.markup;
}
