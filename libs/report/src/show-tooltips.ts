/**
 * What the page's script does: tooltips of the charts, by pointer, finger and arrow keys. It runs in the browser, where
 * nothing else of this project is: it may use only what stands inside it.
 */
export function showTooltips(): void {
  const tip = document.createElement('div');
  tip.className = 'tip';
  tip.setAttribute('role', 'status');
  document.body.append(tip);

  const hide = (): void => {
    tip.classList.remove('shown');
    for (const at of document.querySelectorAll('.hit.at')) at.classList.remove('at');
  };
  const show = (hit: Element, lines: readonly string[]): void => {
    hide();
    hit.classList.add('at');
    const [name = '', ...figures] = lines;
    const heading = document.createElement('b');
    heading.textContent = name;
    const rows = figures.map((line) => {
      const row = document.createElement('span');
      const [what = '', ...value] = line.split(': ');
      const figure = document.createElement('i');
      figure.textContent = value.join(': ');
      row.append(value.length > 0 ? `${what}: ` : what, figure);
      return row;
    });
    tip.replaceChildren(heading, ...rows);
    tip.classList.add('shown');
    const place = hit.getBoundingClientRect();
    const page = document.documentElement;
    const isColumn = hit.tagName === 'rect';
    const middleX = place.left + place.width / 2;
    const left =
      middleX + 14 + tip.offsetWidth > page.clientWidth ? middleX - 14 - tip.offsetWidth : middleX + 14;
    const top = isColumn ? place.top + 8 : place.top - tip.offsetHeight - 4;
    tip.style.left = `${Math.max(4, Math.min(left, page.clientWidth - tip.offsetWidth - 4)) + scrollX}px`;
    tip.style.top = `${Math.max(4, top) + scrollY}px`;
  };

  for (const chart of document.querySelectorAll<HTMLElement>('.chart')) {
    const hits = [...chart.querySelectorAll('.hit')].map((shape) => {
      const lines = (shape.querySelector('title')?.textContent ?? '').split('\n');
      shape.querySelector('title')?.remove();
      return { shape, lines };
    });
    if (hits.length === 0) continue;
    let index = -1;
    const choose = (wanted: number): void => {
      index = Math.max(0, Math.min(hits.length - 1, wanted));
      const hit = hits[index];
      if (hit !== undefined) show(hit.shape, hit.lines);
    };
    chart.tabIndex = 0;
    chart.setAttribute('role', 'group');
    chart.setAttribute('aria-label', `${chart.dataset['title'] ?? ''}: arrow keys go from point to point`);
    chart.addEventListener('keydown', (event) => {
      const wanted = {
        ArrowRight: index + 1,
        ArrowLeft: index < 0 ? hits.length - 1 : index - 1,
        Home: 0,
        End: hits.length - 1,
      }[event.key];
      if (event.key === 'Escape') hide();
      if (wanted === undefined) return;
      event.preventDefault();
      choose(wanted);
    });
    chart.addEventListener('blur', hide);
    const nearest = (event: PointerEvent): void => {
      const distances = hits.map(({ shape }) => {
        const { left, top, width, height } = shape.getBoundingClientRect();
        const acrossY = shape.tagName === 'rect' ? 0 : event.clientY - top - height / 2;
        return Math.hypot(event.clientX - left - width / 2, acrossY);
      });
      choose(distances.indexOf(Math.min(...distances)));
    };
    chart.addEventListener('pointermove', nearest);
    chart.addEventListener('pointerdown', nearest);
    chart.addEventListener('pointerleave', (event) => {
      if (event.pointerType === 'mouse') hide();
    });
  }
  document.addEventListener('pointerdown', (event) => {
    if (!(event.target instanceof Element) || event.target.closest('.chart') === null) hide();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') hide();
  });
}
