import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HTTP_TEMPLATE, startStageProcess } from './stage-process.ts';

const logDirectory = mkdtempSync(join(tmpdir(), 'spillway-http-'));

afterAll(() => rmSync(logDirectory, { recursive: true }));

/** Sends each request in turn, then stops the stage. @returns the log's line of each, without its id */
async function logLinesOf(...paths: readonly string[]): Promise<(string | undefined)[]> {
  const options = [`--template=${HTTP_TEMPLATE}`, '--engine=dynalite', `--log-dir=${logDirectory}`];
  const stage = await startStageProcess(...options);
  const ids: string[] = [];
  for (const path of paths) {
    const response = await fetch(`${stage.baseUrl}${path}`);
    ids.push(response.headers.get('apigw-requestid') ?? 'none');
    await response.arrayBuffer();
  }
  await stage.stop();
  const lines = readFileSync(join(logDirectory, 'Http-Logs.log'), 'utf8').trim().split('\n');
  return ids.map((id) => lines.find((line) => line.startsWith(`${id}|`))?.slice(id.length + 1));
}

describe('the access log of an HTTP API', () => {
  it("has a line for each request to its stage, in the template's format, under the client's id", async () => {
    const [good, thrown, refused, elsewhere] = await logLinesOf(
      '/prod/items/1',
      '/prod/?act=throw',
      '/prod/signed',
      '/items/1',
    );
    expect(good).toMatch(
      /^GET \/items\/\{id\}\|200\|prod\|127\.0\.0\.1\|200\|200\|\d+\|\d+\|\d+\|-\|-\|-\|-$/,
    );
    expect(thrown).toMatch(
      /^\$default\|500\|prod\|127\.0\.0\.1\|200\|-\|35\|\d+\|\d+\|Internal Server Error\|"Internal Server Error"\|The Lambda function returned the following error: Error\./,
    );
    expect(refused).toMatch(
      /^ANY \/signed\|403\|prod\|127\.0\.0\.1\|-\|-\|23\|\d+\|-\|Forbidden\|"Forbidden"\|-\|-$/,
    );
    expect(elsewhere).toBeUndefined();
  });
});
