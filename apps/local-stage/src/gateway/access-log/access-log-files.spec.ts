import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccessLogFiles, accessLogFileName } from './access-log-files.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'spillway-access-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const unexpected = (error: Error): never => {
  throw error;
};

describe('AccessLogFiles', () => {
  it('writes the lines of a log group in their order, whole by the time it is closed', async () => {
    const files = new AccessLogFiles(join(folder, 'new'), unexpected);
    for (let line = 0; line < 20_000; line += 1) files.of('/rest/access').write(`line ${line}`);
    await files.close();
    const written = readFileSync(join(folder, 'new/rest-access.log'), 'utf8').split('\n');
    expect(written).toHaveLength(20_001);
    expect([written[0], written[19_999], written[20_000]]).toEqual(['line 0', 'line 19999', '']);
  });

  it('appends to the log of an earlier run', async () => {
    writeFileSync(join(folder, 'a.log'), 'before\n');
    const files = new AccessLogFiles(folder, unexpected);
    files.of('a').write('after');
    await files.close();
    expect(readFileSync(join(folder, 'a.log'), 'utf8')).toBe('before\nafter\n');
  });

  it('tells once about a file that can not be written, and stops without it', async () => {
    const errors: Error[] = [];
    const files = new AccessLogFiles(folder, (error) => errors.push(error));
    const sink = files.of('x'.repeat(300));
    sink.write('lost');
    await files.close();
    sink.write('lost too');
    expect(errors).toEqual([expect.objectContaining({ code: 'ENAMETOOLONG' })]);
  });
});

describe('accessLogFileName', () => {
  it.each([
    ['/aws/apigateway/entries', 'aws-apigateway-entries.log'],
    ['plain', 'plain.log'],
    ['../../etc/passwd', '..-..-etc-passwd.log'],
  ])('calls the file of %s %s', (group, file) => expect(accessLogFileName(group)).toBe(file));
});
