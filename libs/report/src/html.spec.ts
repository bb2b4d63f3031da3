import { escapeHtml, html } from './html.ts';

describe('html', () => {
  it('escapes text in elements and attributes', () => {
    const text = `<script>alert("1" & '2')</script>`;
    expect(html`<p title="${text}">${text}</p>`.markup).toBe(
      `<p title="${escapeHtml(text)}">${escapeHtml(text)}</p>`,
    );
    expect(escapeHtml(text)).toBe('&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;');
  });

  it('leaves nested markup as it is and joins lists', () => {
    const bold = ['a', '<b>'].map((item) => html`<b>${item}</b>`);
    expect(html`<i>${bold}</i>`.markup).toBe('<i><b>a</b><b>&lt;b&gt;</b></i>');
  });

  it('prints 0 and nothing for null and false', () => {
    expect(html`[${0}|${null}|${false}|${''}]`.markup).toBe('[0|||]');
  });
});
