import { StringDecoder } from 'node:string_decoder';

/** A longer line is passed on in parts: Lambda cuts an event of a log at 256 KB. */
const LONGEST_PART = 256 * 1024;

/** Cuts what a stream is given into whole lines, so that environments that share a file don't mix theirs. */
export class WholeLines {
  readonly #take: (text: string) => void;
  readonly #decoder = new StringDecoder('utf8');
  #begun = '';
  #isOpen = false;

  /** @param take gets whole lines, or the parts of a very long one */
  constructor(take: (text: string) => void) {
    this.#take = take;
  }

  write(chunk: string | Uint8Array): void {
    const text = this.#begun + (typeof chunk === 'string' ? chunk : this.#decoder.write(Buffer.from(chunk)));
    const lines = text.lastIndexOf('\n') + 1;
    const end = text.length - lines > LONGEST_PART ? text.length : lines;
    this.#begun = text.slice(end);
    if (end > 0) this.#pass(text.slice(0, end));
  }

  /** Ends a line that has begun. */
  flush(): void {
    if (this.#begun === '' && !this.#isOpen) return;
    this.#pass(`${this.#begun}\n`);
    this.#begun = '';
  }

  #pass(text: string): void {
    this.#isOpen = !text.endsWith('\n');
    this.#take(text);
  }
}
