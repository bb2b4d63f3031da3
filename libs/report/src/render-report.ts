import type { Answers, ChecklistContext, RunRecord } from '@spillway/capacity';
import { NOT_LOOKED_AT } from './checklist-context.ts';
import { Html, html } from './html.ts';
import { auditSection } from './sections/audit-section.ts';
import { burstSection } from './sections/burst-section.ts';
import { capacitySection } from './sections/capacity-section.ts';
import { checklistSection } from './sections/checklist-section.ts';
import { costSection } from './sections/cost-section.ts';
import { evidenceSection, reservationsSection } from './sections/evidence-section.ts';
import { limitsSection } from './sections/limits-section.ts';
import { memorySection } from './sections/memory-section.ts';
import { overTimeSection } from './sections/over-time-section.ts';
import { payloadSection } from './sections/payload-section.ts';
import { replaySection } from './sections/replay-section.ts';
import { contents, drawSection } from './sections/section.ts';
import { stepsSection } from './sections/steps-section.ts';
import { uslSection } from './sections/usl-section.ts';
import { verdictSection } from './sections/verdict-section.ts';
import { showTooltips } from './show-tooltips.ts';
import { stylesheet } from './stylesheet.ts';
import { verdictOf } from './verdict.ts';

/** The page's own style and script, and nothing from anywhere: a browser enforces what is promised. */
const CONTENT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";

/**
 * Run → one self-contained HTML page: nothing is fetched, so it works from disk and as a CI artifact. The same run
 * gives the same bytes. Partial runs are rendered too.
 * @param answersByStep answers by step name; with them the page shows whole distributions and outcomes over time
 * @param context what the checklist needs besides the run
 */
export function renderReport(
  run: RunRecord,
  answersByStep: ReadonlyMap<string, Answers> = new Map<string, Answers>(),
  context: ChecklistContext = NOT_LOOKED_AT,
): string {
  const sections = [
    limitsSection(run),
    replaySection(run),
    capacitySection(run, answersByStep),
    uslSection(run),
    overTimeSection(run, answersByStep),
    burstSection(run),
    payloadSection(run),
    memorySection(run),
    costSection(run),
    checklistSection(run, context),
    auditSection(run),
    stepsSection(run),
    reservationsSection(run),
    evidenceSection(run),
  ].filter((section) => section !== null);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${CONTENT_POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="data:," />
        <title>${verdictOf(run).headline} · ${run.stage} · Spillway</title>
        <style>
          ${stylesheet}
        </style>
      </head>
      <body>
        ${verdictSection(run)} ${contents(sections)}
        <main>${sections.map(drawSection)}</main>
        <script>
          ${script};
        </script>
      </body>
    </html> `;
  return page.markup;
}

/** The script as text: it is written as a function, so that compiler and linter read it. */
const script = new Html(`(${showTooltips.toString()})()`);
