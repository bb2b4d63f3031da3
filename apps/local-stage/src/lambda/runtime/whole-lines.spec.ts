import fc from 'fast-check';
import { WholeLines } from './whole-lines.ts';

function collect(chunks: readonly (string | Uint8Array)[]) {
  const taken: string[] = [];
  const lines = new WholeLines((text) => taken.push(text));
  for (const chunk of chunks) lines.write(chunk);
  return { taken, lines };
}

describe('WholeLines', () => {
  it('passes lines on when they end, several at once', () => {
    expect(collect(['a', 'b\nc\nd']).taken).toEqual(['ab\nc\n']);
  });

  it('ends a line that has begun at the flush, and only then', () => {
    const { taken, lines } = collect(['a\nb']);
    lines.flush();
    lines.flush();
    expect(taken).toEqual(['a\n', 'b\n']);
  });

  it('puts a character together that came in two chunks', () => {
    const bytes = new TextEncoder().encode('é\n');
    expect(collect([bytes.slice(0, 1), bytes.slice(1)]).taken).toEqual(['é\n']);
  });

  it('does not keep a line for ever that never ends', () => {
    const { taken, lines } = collect(['x'.repeat(262_144), 'x']);
    expect(taken.join('').length).toBe(262_145);
    lines.flush();
    expect(taken.at(-1)).toBe('\n');
  });

  it('loses and adds nothing but the last line end', () => {
    const chunks = fc.array(fc.string({ unit: fc.constantFrom('a', 'é', '\n') }), { maxLength: 20 });
    fc.assert(
      fc.property(chunks, (written) => {
        const { taken, lines } = collect(written);
        lines.flush();
        const all = written.join('');
        expect(taken.join('')).toBe(all === '' || all.endsWith('\n') ? all : `${all}\n`);
        expect(taken.every((text) => text.endsWith('\n'))).toBe(true);
      }),
    );
  });
});
