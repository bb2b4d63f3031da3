import type { RunRecord } from '@spillway/capacity';
import { exampleAnswers, exampleRun, nothingMeasured } from '@spillway/capacity/testing';
import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { renderReport } from '../src/index.ts';
import { findChromium } from './find-chromium.ts';
import { chartProblems, PageOpener } from './opened-page.ts';

const CHARTS = 13;
const chromium = findChromium();
// A machine without the browser has nothing to open the page in: skipped by name, and said.
if (chromium === null)
  process.stderr.write(
    'report: no Chromium on the path and no CHROME_PATH: the page is opened in no browser\n',
  );
const describeInChromium = chromium === null ? describe.skip : describe;

const DESK = { width: 1440, height: 1000 };
const PHONE = { width: 375, height: 812 };

function exampleReport(run: RunRecord = exampleRun()): string {
  return renderReport(run, new Map(run.steps.map((step) => [step.record.name, exampleAnswers(step)])));
}

const cutShort = exampleRun({ ...nothingMeasured, status: 'interrupted', stoppedBy: 'SIGINT' });

/** Rules of axe that the page breaks, each with the first place. */
async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  // In words of the page: there `axe` is what the line before left, here it is an import.
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0]?.html.slice(0, 160)}`);
}

/** The tooltip's lines, or null while none is shown. */
async function tipLines(page: Page): Promise<string[] | null> {
  const tip = page.locator('.tip');
  return (await tip.isVisible()) ? (await tip.innerText()).split('\n') : null;
}

describeInChromium('report page in Chromium (set CHROME_PATH where it is not on the path)', () => {
  const markup = exampleReport();
  let opener: PageOpener;

  beforeAll(async () => {
    opener = await PageOpener.start(chromium!);
  });
  afterAll(async () => {
    await opener.stop();
  });
  // Whatever is done with a page, it asks for nothing but itself and complains about nothing.
  afterEach(() => {
    expect(opener.requests).toContainEqual(expect.stringMatching(/^file:/));
    expect(opener.requests.filter((url) => !/^(file|data):/.test(url))).toEqual([]);
    expect(opener.complaints).toEqual([]);
  });

  describe.each([
    ['at 1,440 px', 'light', DESK],
    ['at 1,440 px', 'dark', DESK],
    ['at 375 px', 'light', PHONE],
    ['at 375 px', 'dark', PHONE],
  ] as const)('%s, %s', (_width, colorScheme, viewport) => {
    let page: Page;

    beforeAll(async () => {
      page = await opener.open(markup, { viewport, colorScheme });
    });
    afterAll(async () => {
      await page.context().close();
    });

    it('breaks no rule of axe', async () => {
      expect(await axeViolations(page)).toEqual([]);
    });

    it('draws every chart, with no text cut off and none on another', async () => {
      expect(await chartProblems(page)).toEqual({ shown: CHARTS, problems: [] });
    });

    it('is not wider than its window', async () => {
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
    });
  });

  it.each([320, 600, 768, 1024])('draws every chart well at %i px too', async (width) => {
    const page = await opener.open(markup, { viewport: { width, height: 900 } });
    expect(await chartProblems(page)).toEqual({ shown: CHARTS, problems: [] });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    await page.context().close();
  });

  it('breaks no rule of axe with a run that was cut short before its first step', async () => {
    const page = await opener.open(exampleReport(cutShort), { viewport: DESK });
    expect(await axeViolations(page)).toEqual([]);
    await page.context().close();
  });

  it('says the numbers under the pointer, and hides them when it leaves', async () => {
    const page = await opener.open(markup, { viewport: DESK });
    const hit = page.locator('.chart.wide .hit').nth(5);
    await hit.hover();
    expect(await tipLines(page)).toEqual(
      expect.arrayContaining(['discover-06, pass', 'offered: 1,140/s', 'p99: 33.2 ms']),
    );
    const tip = (await page.locator('.tip').boundingBox())!;
    expect(tip.x).toBeGreaterThanOrEqual(0);
    expect(tip.x + tip.width).toBeLessThanOrEqual(DESK.width);
    await page.mouse.move(2, 2);
    expect(await tipLines(page)).toBeNull();
    await page.context().close();
  });

  it('says them by arrow keys too, from point to point, and hides them on Escape', async () => {
    const page = await opener.open(markup, { viewport: DESK });
    const chart = page.locator('.chart.wide').first();
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press('Tab');
      if (await chart.evaluate((element) => element === document.activeElement)) break;
    }
    await page.keyboard.press('ArrowRight');
    expect((await tipLines(page))?.[0]).toBe('discover-01, pass');
    await page.keyboard.press('ArrowRight');
    expect((await tipLines(page))?.[0]).toBe('discover-02, pass');
    await page.keyboard.press('End');
    expect((await tipLines(page))?.[0]).toBe('discover-08, fail');
    await page.keyboard.press('ArrowRight');
    expect((await tipLines(page))?.[0]).toBe('discover-08, fail');
    expect(await page.locator('.tip').getAttribute('role')).toBe('status');
    await page.keyboard.press('Escape');
    expect(await tipLines(page)).toBeNull();
    await page.context().close();
  });

  it('says them under a finger, within the window of a phone', async () => {
    const page = await opener.open(markup, { viewport: PHONE, hasTouch: true, isMobile: true });
    const chart = page.locator('.chart.narrow').first();
    await chart.scrollIntoViewIfNeeded();
    const box = (await chart.boundingBox())!;
    await page.touchscreen.tap(box.x + box.width * 0.9, box.y + box.height * 0.7);
    expect((await tipLines(page))?.[0]).toBe('discover-08, fail');
    const tip = (await page.locator('.tip').boundingBox())!;
    expect(tip.x).toBeGreaterThanOrEqual(0);
    expect(tip.x + tip.width).toBeLessThanOrEqual(PHONE.width);
    await page.locator('h1').tap();
    expect(await tipLines(page)).toBeNull();
    await page.context().close();
  });

  it('works with scripts off: charts, tables and the browser’s own tooltips', async () => {
    const page = await opener.open(markup, { viewport: DESK, javaScriptEnabled: false });
    expect(await page.locator('.chart svg:visible').count()).toBe(CHARTS);
    expect(await page.locator('.tip').count()).toBe(0);
    expect(await page.locator('.chart.wide .hit title').first().textContent()).toContain('offered: 150/s');
    expect(await page.locator('[tabindex="0"]:not(.scroll)').count()).toBe(0);
    await page.locator('summary').first().click();
    expect(await page.locator('details[open] table').first().isVisible()).toBe(true);
    await page.context().close();
  });

  it('prints on A4 with every chart and with no table cut off', async () => {
    const page = await opener.open(markup, { viewport: { width: 718, height: 1000 } });
    await page.emulateMedia({ media: 'print' });
    expect(await chartProblems(page)).toEqual({ shown: CHARTS, problems: [] });
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll('.scroll')]
        .filter((table) => table.checkVisibility() && table.scrollWidth > table.clientWidth + 1)
        .map((table) => table.getAttribute('aria-label')),
    );
    expect(cut).toEqual([]);
    const pdf = (await page.pdf({ format: 'A4', printBackground: false })).toString('latin1');
    expect(pdf).toMatch(/^%PDF-/);
    const pages = pdf.match(/\/Type \/Page\b/g)?.length ?? 0;
    expect(pages).toBeGreaterThan(3);
    expect(pages).toBeLessThan(20);
    await page.context().close();
  });
});
