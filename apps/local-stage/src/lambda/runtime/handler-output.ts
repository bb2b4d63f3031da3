import { writeSync } from 'node:fs';
import { consoleText, errorText } from './console-lines.ts';
import { mayHoldMetrics, readEmbeddedMetrics, type EmbeddedMetric } from './embedded-metrics.ts';
import { isKept, type FunctionLogging, type LogLevel } from '../function-logging.ts';
import { reportText, startText, type InvocationReport } from '../platform-log.ts';
import { WholeLines } from './whole-lines.ts';

/** The log's file, or nowhere. */
const STDOUT = 1;

const CONSOLE_METHODS = {
  trace: 'TRACE',
  debug: 'DEBUG',
  info: 'INFO',
  log: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
} as const satisfies Partial<Record<keyof Console, LogLevel>>;

/**
 * What a handler prints, inside its process: console calls in Lambda's format, streams as they are, metrics read
 * from both. Everything is one write for a line or more, straight to the file that all environments append to.
 */
export class HandlerOutput {
  readonly #logging: FunctionLogging | null;
  readonly #version: string | undefined;
  readonly #streams: readonly WholeLines[];
  #requestId: string | undefined;
  #metrics: EmbeddedMetric[] = [];
  #onMetrics: (() => void) | null = null;

  /**
   * Takes over the console and both streams of this process.
   * @param logging `null`: nothing is written, and only metrics are looked for
   * @param version @default `$LATEST`
   */
  constructor(logging: FunctionLogging | null, version?: string) {
    this.#logging = logging;
    this.#version = version;
    const printed = (text: string) => this.#printed(text);
    this.#streams = [process.stdout, process.stderr].map((stream) => takeOver(stream, printed));
    for (const [method, level] of Object.entries(CONSOLE_METHODS)) {
      console[method as keyof typeof CONSOLE_METHODS] = this.#consoleMethod(level);
    }
    // Lambda's runtime adds it.
    Object.assign(console, { fatal: this.#consoleMethod('FATAL') });
  }

  start(requestId: string): void {
    this.#requestId = requestId;
    if (this.#logging) write(startText(this.#logging, requestId, Date.now(), this.#version));
  }

  /** @param report asked for only if there is a log to write it to */
  end(report: () => InvocationReport): void {
    this.flush();
    if (this.#logging) write(reportText(this.#logging, report(), Date.now()));
  }

  /** An error that the runtime itself reports, such as `Invoke Error`. */
  failed(title: string, thrown: unknown): void {
    if (this.#logging) this.#write(errorText(this.#logging, title, this.#requestId, Date.now(), thrown));
  }

  /** Ends lines that have begun. */
  flush(): void {
    for (const stream of this.#streams) stream.flush();
  }

  /** The metrics printed since the last call. */
  takeMetrics(): readonly EmbeddedMetric[] {
    if (this.#metrics.length === 0) return this.#metrics;
    const taken = this.#metrics;
    this.#metrics = [];
    return taken;
  }

  /** @param listener called with the first metric after each `takeMetrics` */
  onMetrics(listener: () => void): void {
    this.#onMetrics = listener;
  }

  #consoleMethod(level: LogLevel): (...said: unknown[]) => void {
    const logging = this.#logging;
    if (!logging) return (message) => this.#lookForMetrics(message);
    if (!isKept(level, logging.applicationLevel)) return () => undefined;
    return (...said) => {
      // In JSON the line is escaped inside another, where CloudWatch does not find it either.
      if (logging.format === 'Text') this.#lookForMetrics(said[0]);
      this.flush();
      this.#write(consoleText(logging, level, this.#requestId, Date.now(), said));
    };
  }

  #printed(text: string): void {
    this.#lookForMetrics(text);
    this.#write(text);
  }

  #lookForMetrics(text: unknown): void {
    if (typeof text !== 'string' || !mayHoldMetrics(text)) return;
    const found = text.split('\n').flatMap((line) => readEmbeddedMetrics(line));
    if (this.#metrics.length === 0 && found.length > 0) this.#onMetrics?.();
    this.#metrics.push(...found);
  }

  #write(text: string): void {
    if (this.#logging) write(text);
  }
}

function takeOver(stream: NodeJS.WriteStream, printed: (text: string) => void): WholeLines {
  const lines = new WholeLines(printed);
  stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
    lines.write(chunk);
    const done = rest.find((argument) => typeof argument === 'function');
    if (done) process.nextTick(done);
    return true;
  };
  return lines;
}

function write(text: string): void {
  try {
    if (text !== '') writeSync(STDOUT, text);
  } catch {
    // A full disk loses log lines, not invocations.
  }
}
