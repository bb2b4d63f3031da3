/** What a stream reads from, of either kind, and how it is left. */
export interface StreamSource<Input> {
  /** @throws what the source throws */
  next(): Promise<IteratorResult<Input, unknown>>;
  /**
   * Tells the source that nobody reads on, as leaving a `for await` loop does.
   * @throws what the source throws at that, unless it is still asked for its next value: it may never have one
   */
  close(): Promise<void>;
}

export function openSource<Input>(source: AsyncIterable<Input> | Iterable<Input>): StreamSource<Input> {
  const iterator =
    Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  let isAsked = false;
  let isOver = false;
  return {
    next: async () => {
      isAsked = true;
      try {
        const step = await iterator.next();
        isOver = step.done === true;
        return step;
      } catch (error) {
        isOver = true;
        throw error;
      } finally {
        isAsked = false;
      }
    },
    close: async () => {
      if (isOver) return;
      isOver = true;
      const closing = Promise.resolve(iterator.return?.());
      if (isAsked) closing.catch(() => undefined);
      else await closing;
    },
  };
}
