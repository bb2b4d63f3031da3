import { html, type Html, type HtmlPart } from '../html.ts';

/** A part of the page that links reach. */
export interface Section {
  readonly id: string;
  readonly heading: string;
  readonly body: readonly HtmlPart[];
}

/** A part of the page, not yet drawn: what stands at its top lists them all. */
export function section(id: string, heading: string, ...body: readonly HtmlPart[]): Section {
  return { id, heading, body };
}

/** Draws a part of the page under its heading. */
export function drawSection({ id, heading, body }: Section): Html {
  return html`<section id="${id}" aria-labelledby="${id}-h">
    <h2 id="${id}-h">${heading}</h2>
    ${body}
  </section>`;
}

/** Links to the parts of the page. */
export function contents(sections: readonly Section[]): Html {
  return html`<nav aria-label="Contents">
    <ul>
      ${sections.map(({ id, heading }) => html`<li><a href="#${id}">${heading}</a></li>`)}
    </ul>
  </nav>`;
}

/** A column of a table: heading, and `text` where its cells are words rather than figures. */
export interface Column {
  readonly heading: string;
  readonly kind: 'text' | 'figure';
}

/**
 * A table that scrolls inside itself on a phone; the first cell of each row is its header.
 * @param notes words that belong to a row, below it over the whole width
 */
export function table(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly HtmlPart[])[],
  notes: readonly string[] = [],
): Html {
  const kind = (index: number) => columns[index]?.kind ?? 'text';
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map(({ heading, kind: of }) => html`<th scope="col" class="${of}">${heading}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([first, ...rest], row) =>
            html`<tr>
                <th scope="row">${first ?? null}</th>
                ${rest.map((cell, index) => html`<td class="${kind(index + 1)}">${cell}</td>`)}
              </tr>
              ${
                notes[row]
                  ? html`<tr class="words">
                      <td colspan="${columns.length}"><span>${notes[row]}</span></td>
                    </tr>`
                  : null
              }`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** A chart with its caption; nothing where there is no chart. */
export function figure(caption: string, note: string, chart: Html | null): Html | null {
  if (chart === null) return null;
  return html`<figure>
    <figcaption>${caption} <small>${note}</small></figcaption>
    ${chart}
  </figure>`;
}

/** The numbers of a chart, folded up where they would take more room than it does. */
export function numbers(summary: string, of: Html): Html {
  return html`<details>
    <summary>${summary}</summary>
    ${of}
  </details>`;
}

/** Terms and what they are. */
export function facts(pairs: readonly (readonly [string, HtmlPart])[]): Html {
  return html`<dl class="facts">
    ${pairs.map(
      ([term, fact]) =>
        html`<div>
          <dt>${term}</dt>
          <dd>${fact}</dd>
        </div>`,
    )}
  </dl>`;
}

/** A list of sentences, or one sentence that says there are none. */
export function sentences(list: readonly string[], none: string): Html {
  return list.length === 0
    ? html`<p>${none}</p>`
    : html`<ul>
        ${list.map((sentence) => html`<li>${sentence}</li>`)}
      </ul>`;
}

const SIGNS = { good: '✓', bad: '✕', open: '○' } as const;

/** A verdict in a word: sign, word and colour say the same, so that any one of them is enough. */
export function badge(tone: 'good' | 'bad' | 'open', word: string): Html {
  return html`<span class="badge ${tone}"><span aria-hidden="true">${SIGNS[tone]}</span> ${word}</span>`;
}
