/** What was started so far and how to end it, the last first. */
export class ShutdownList {
  readonly #report: (line: string) => void;
  readonly #stops: (() => Promise<void>)[] = [];

  /** @param report takes one line on a part that did not stop */
  constructor(report: (line: string) => void) {
    this.#report = report;
  }

  add(stop: () => Promise<void>): void {
    this.#stops.push(stop);
  }

  /** Ends everything; a part that fails to stop does not keep the others from it. */
  async run(): Promise<void> {
    for (const stopPart of this.#stops.splice(0).reverse()) {
      await stopPart().catch((error: unknown) => this.#report(`a part did not stop: ${String(error)}`));
    }
  }
}
