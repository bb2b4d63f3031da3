import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

/** Chromium with a page from disk; what the page asked for and complained about is kept. */
export class PageOpener {
  readonly requests: string[] = [];
  readonly complaints: string[] = [];
  readonly #folder = mkdtempSync(join(tmpdir(), 'spillway-page-'));
  readonly #browser: Browser;

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async start(executablePath: string): Promise<PageOpener> {
    // The page is ours and from disk; containers and root have no sandbox to offer.
    return new PageOpener(await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] }));
  }

  /** Opens a page as it would be opened from an artifact: from disk. */
  async open(markup: string, options: BrowserContextOptions = {}): Promise<Page> {
    const file = join(this.#folder, 'report.html');
    writeFileSync(file, markup);
    const context = await this.#browser.newContext(options);
    const page = await context.newPage();
    page.on('request', (request) => this.requests.push(request.url()));
    page.on('console', (message) => this.complaints.push(message.text()));
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    await page.goto(pathToFileURL(file).href);
    return page;
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    rmSync(this.#folder, { recursive: true });
  }
}

/** What is wrong with the charts that are shown: one that has no size, text beyond its edge, text on other text. */
export function chartProblems(page: Page): Promise<{ shown: number; problems: string[] }> {
  return page.evaluate(() => {
    const problems: string[] = [];
    const charts = [...document.querySelectorAll<SVGElement>('.chart svg')].filter((svg) =>
      svg.checkVisibility(),
    );
    for (const svg of charts) {
      const name = svg.querySelector('title')?.textContent ?? '';
      const box = svg.getBoundingClientRect();
      if (box.width < 200 || box.height < 150) problems.push(`${name}: ${box.width} × ${box.height} px`);
      const drawn = svg.querySelectorAll('path[d], circle, polyline').length;
      if (drawn < 8) problems.push(`${name}: ${drawn} shapes`);
      const texts = [...svg.querySelectorAll('text')].map((text) => {
        return { words: text.textContent ?? '', at: text.getBoundingClientRect() };
      });
      texts.forEach(({ words, at }, index) => {
        const isCut =
          at.left < box.left - 1 ||
          at.right > box.right + 1 ||
          at.top < box.top - 1 ||
          at.bottom > box.bottom + 1;
        if (isCut) problems.push(`${name}: "${words}" is cut`);
        for (const other of texts.slice(index + 1)) {
          const overlapX = Math.min(at.right, other.at.right) - Math.max(at.left, other.at.left);
          const overlapY = Math.min(at.bottom, other.at.bottom) - Math.max(at.top, other.at.top);
          if (overlapX > 1 && overlapY > 3) problems.push(`${name}: "${words}" on "${other.words}"`);
        }
      });
    }
    return { shown: charts.length, problems };
  });
}
