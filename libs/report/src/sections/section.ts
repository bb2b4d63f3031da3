import { html, type Html, type HtmlPart } from '../html.ts';

/** A part of the page with a heading that links reach. */
export function section(id: string, heading: string, ...body: readonly HtmlPart[]): Html {
  return html`<section id="${id}" aria-labelledby="${id}-h">
    <h2 id="${id}-h">${heading}</h2>
    ${body}
  </section>`;
}

/** A column of a table: heading, and `text` where its cells are words rather than figures. */
export interface Column {
  readonly heading: string;
  readonly kind: 'text' | 'figure';
}

/** A table that scrolls inside itself on a phone; the first cell of each row is its header. */
export function table(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly HtmlPart[])[],
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
          ([first, ...rest]) =>
            html`<tr>
              <th scope="row">${first ?? null}</th>
              ${rest.map((cell, index) => html`<td class="${kind(index + 1)}">${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
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
