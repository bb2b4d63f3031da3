import type { RunRecord } from '@spillway/capacity';
import { instantText, spanText } from '../figures.ts';
import { html, type Html } from '../html.ts';
import { stageText } from '../stage-text.ts';
import { verdictOf } from '../verdict.ts';
import { badge } from './section.ts';

const WORDS = { good: 'usable', bad: 'not usable', open: 'not decided' } as const;

/** The top of the page: what the run came to, and what to do now. */
export function verdictSection(run: RunRecord): Html {
  const { tone, headline, sentence, next } = verdictOf(run);
  const tookMs = Date.parse(run.finishedAt) - Date.parse(run.startedAt);
  return html`<header class="verdict ${tone}">
    <p class="kicker">Spillway load test · stage <b>${run.stage}</b> · ${run.profile} profile</p>
    <h1>${headline}</h1>
    <p class="lede">${badge(tone, WORDS[tone])} ${sentence}</p>
    <p class="next"><span>Next</span> ${next.startsWith('npx ') ? html`<code>${next}</code>` : next}</p>
    <p class="run">
      Run <code>${run.runId}</code> · ${stageText(run)} · ${instantText(run.startedAt)} · took
      ${spanText(tookMs)}
    </p>
  </header>`;
}
