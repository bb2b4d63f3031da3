import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { BODY_LIMIT_BYTES, readBody } from './read-body.ts';

type Sent = PassThrough & Pick<IncomingMessage, 'headers' | 'complete'>;

const sent = (headers: IncomingMessage['headers']): Sent =>
  Object.assign(new PassThrough(), { headers, complete: false });
const read = (request: Sent): ReturnType<typeof readBody> => readBody(request as unknown as IncomingMessage);
const CHUNKED = { 'transfer-encoding': 'chunked' };

describe('readBody', () => {
  it.each([
    ['without a body', {}, null],
    ['of no length', { 'content-length': '0' }, null],
    ['one byte over the limit', { 'content-length': String(BODY_LIMIT_BYTES + 1) }, 'too-large'],
  ])('needs no byte of a request %s', async (_case, headers, expected) => {
    expect(await read(sent(headers))).toBe(expected);
  });

  it.each([
    ['no chunks', [], null],
    ['one chunk', ['ab'], Buffer.from('ab')],
    ['several chunks', ['ab', 'c', 'd'], Buffer.from('abcd')],
  ])('joins %s', async (_case, chunks, expected) => {
    const request = sent(CHUNKED);
    const body = read(request);
    for (const chunk of chunks) request.write(chunk);
    request.end();
    expect(await body).toEqual(expected);
  });

  it('gives up when the client leaves within the body', async () => {
    const request = sent({ 'content-length': '4' });
    const body = read(request);
    request.write('ab');
    request.destroy();
    expect(await body).toBe('broken');
  });

  it('does not wait for a client that left before it was asked', async () => {
    const request = sent({ 'content-length': '4' });
    request.destroy();
    await new Promise((resolve) => request.once('close', resolve));
    expect(await read(request)).toBe('broken');
  });
});
