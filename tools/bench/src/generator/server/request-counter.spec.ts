import * as fc from 'fast-check';
import { RequestCounter, UnreadableRequestError } from './request-counter.ts';

const post = (body: string, more = '') =>
  `POST /x HTTP/1.1\r\nhost: a\r\nContent-Length: ${body.length}${more}\r\n\r\n${body}`;
const get = 'GET / HTTP/1.1\r\nhost: a\r\n\r\n';

/** Requests completed by each of the chunks. */
function counted(chunks: readonly string[]): readonly number[] {
  const counter = new RequestCounter();
  return chunks.map((chunk) => counter.take(Buffer.from(chunk)).requests);
}

describe('RequestCounter', () => {
  it.each([
    ['a request with a body', [post('{}')], [1]],
    ['a request without one', [get], [1]],
    ['several in one chunk', [post('{}') + get + post('')], [3]],
    ['a body that comes later', [post('{}').slice(0, -2), '{', '}'], [0, 0, 1]],
    ['a head that comes in halves', [post('{}').slice(0, 20), post('{}').slice(20)], [0, 1]],
    ['a body that looks like a head', [post(get)], [1]],
  ])('counts %s at its last byte', (_what, chunks, expected) => expect(counted(chunks)).toEqual(expected));

  it('counts the same however the bytes are cut', () => {
    const requests = fc.array(
      fc.oneof(
        fc.constant(get),
        fc.string({ unit: 'binary-ascii' }).map((body) => post(body)),
      ),
      {
        maxLength: 5,
      },
    );
    fc.assert(
      fc.property(requests, fc.array(fc.nat(), { maxLength: 8 }), (sent, cuts) => {
        const text = sent.join('');
        const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
        const chunks = places.slice(1).map((to, i) => text.slice(places[i], to));
        expect(counted(chunks).reduce((sum, count) => sum + count, 0)).toBe(sent.length);
      }),
    );
  });

  it('says when the client wants to close', () => {
    expect(new RequestCounter().take(Buffer.from(get)).isLast).toBe(false);
    const closing = Buffer.from(post('{}', '\r\nConnection: close'));
    expect(new RequestCounter().take(closing)).toEqual({ requests: 1, isLast: true });
  });

  it('refuses a body it can not follow', () => {
    const chunked = 'POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n';
    expect(() => counted([chunked])).toThrow(UnreadableRequestError);
  });
});
