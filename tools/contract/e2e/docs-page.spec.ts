import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { findChromium } from './find-chromium.ts';

const MAIN = join(__dirname, '../src/docs/main.ts');
const executablePath = findChromium();
// A machine without the browser has nothing to open the page in: skipped by name, and said.
if (executablePath === null)
  process.stderr.write(
    'contract: no Chromium on the path and no CHROME_PATH: the page is opened in no browser\n',
  );
const itInChromium = executablePath === null ? it.skip : it;

/** What `npx nx run shared:docs` starts, and the address it prints. */
async function startDocs(): Promise<{ readonly process: ChildProcess; readonly url: string }> {
  const child = fork(MAIN, { stdio: 'pipe', execArgv: [] });
  const [printed] = (await once(child.stdout!, 'data')) as [Buffer];
  return { process: child, url: printed.toString().split('\n')[0] ?? '' };
}

describe('the page of the OpenAPI document', () => {
  let docs: Awaited<ReturnType<typeof startDocs>>;
  let browser: Browser | undefined;

  beforeAll(async () => {
    docs = await startDocs();
    // The page is ours; containers and root have no sandbox to offer.
    if (executablePath !== null)
      browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(async () => {
    await browser?.close();
    docs.process.kill('SIGKILL');
  });

  it('is served on loopback, the document beside it, and nothing else', async () => {
    expect(docs.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    const document = (await (await fetch(`${docs.url}openapi.json`)).json()) as { paths: object };
    expect(Object.keys(document.paths)).toEqual(['/', '/batch']);
    expect((await fetch(`${docs.url}?x=1`)).status).toBe(200);
  });

  it.each(['../package.json', '/', '//', '/?', '%', '/x:y@z'])(
    'answers 404 to %s, and goes on',
    async (path) => {
      expect((await fetch(`${docs.url}${path}`)).status).toBe(404);
      expect((await fetch(docs.url)).status).toBe(200);
    },
  );

  itInChromium(
    'shows both operations with their answers, asks nobody else, complains of nothing',
    async () => {
      const page = await browser!.newPage();
      const requests: string[] = [];
      const complaints: string[] = [];
      page.on('request', (request) => requests.push(request.url()));
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(String(error)));
      await page.goto(docs.url, { waitUntil: 'networkidle' });

      const operations = page.locator('.opblock');
      expect(await operations.locator('.opblock-summary-path').allInnerTexts()).toEqual(['/', '/batch']);
      for (const [index, statuses] of [
        ['200', '400', '403', '409', '413', '429', '500', '502', '503', '504'],
        ['200', '207', '400', '403', '413', '429', '500', '502', '503', '504'],
      ].entries()) {
        const shown = await operations.nth(index).locator('tr.response .response-col_status').allInnerTexts();
        expect(shown.map((text) => text.trim().slice(0, 3))).toEqual(statuses);
      }
      expect(await page.locator('.models .json-schema-2020-12').count()).toBe(8);
      expect(await page.locator('.try-out').count()).toBe(0);
      expect(await page.locator('.errors-wrapper').count()).toBe(0);

      expect(requests.filter((url) => !url.startsWith(docs.url) && !url.startsWith('data:'))).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );

  it('ends at Ctrl-C, with nothing wrong', async () => {
    const { process: own } = await startDocs();
    const ended = once(own, 'exit');
    own.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
  });
});
