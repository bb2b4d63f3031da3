import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import type { AccessLogSink } from './access-log.ts';

/** Lines are handed to the file together: a write a request would cost more than the request's log line. */
const FLUSH_AFTER_MS = 200;
const FLUSH_AT_CHARACTERS = 65_536;

/** The access logs of a run: a file for each log group, in the folder given by `--log-dir`. */
export class AccessLogFiles {
  readonly #folder: string;
  readonly #onError: (error: Error) => void;
  readonly #files = new Map<string, BufferedFile>();

  /**
   * @param onError told once a file that can't be written; the stage serves on without that log
   */
  constructor(folder: string, onError: (error: Error) => void) {
    this.#folder = folder;
    this.#onError = onError;
  }

  /** The sink of a log group; stages that share a group share its file, which is appended to. */
  of(logGroupName: string): AccessLogSink {
    const known = this.#files.get(logGroupName);
    if (known) return known;
    mkdirSync(this.#folder, { recursive: true });
    const file = new BufferedFile(join(this.#folder, accessLogFileName(logGroupName)), this.#onError);
    this.#files.set(logGroupName, file);
    return file;
  }

  /** Writes what is still held and closes the files. */
  async close(): Promise<void> {
    await Promise.all([...this.#files.values()].map((file) => file.close()));
  }
}

/** `/aws/apigateway/entries` → `aws-apigateway-entries.log`. */
export function accessLogFileName(logGroupName: string): string {
  return `${logGroupName.replace(/^\//, '').replaceAll(/[^\w.#-]/g, '-')}.log`;
}

class BufferedFile implements AccessLogSink {
  readonly #stream: WriteStream;
  #held = '';
  #timer: NodeJS.Timeout | null = null;
  #isBroken = false;

  constructor(file: string, onError: (error: Error) => void) {
    this.#stream = createWriteStream(file, { flags: 'a' });
    this.#stream.once('error', (error) => {
      this.#isBroken = true;
      onError(error);
    });
  }

  write(line: string): void {
    if (this.#isBroken) return;
    this.#held += `${line}\n`;
    if (this.#held.length >= FLUSH_AT_CHARACTERS) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), FLUSH_AFTER_MS);
  }

  close(): Promise<void> {
    this.#flush();
    if (this.#isBroken) return Promise.resolve();
    return new Promise((resolve) => {
      this.#stream.once('error', () => resolve());
      this.#stream.end(() => resolve());
    });
  }

  #flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#held !== '' && !this.#isBroken) this.#stream.write(this.#held);
    this.#held = '';
  }
}
