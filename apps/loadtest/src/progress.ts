import { createLogUpdate } from 'log-update';

/** How often the live line is redrawn, ms. */
const REDRAW_MS = 200;

/** Where a run says what it does: a live line on a terminal, plain lines elsewhere. */
export interface Progress {
  /** A line that stays. */
  line(text: string): void;
  /** Shows that something goes on until `work` settles; on a terminal with the time passed. */
  during<Result>(label: string, work: Promise<Result>, expectedMs?: number): Promise<Result>;
}

/** Progress on a stream; live only where a person watches. */
export function createProgress(stream: NodeJS.WriteStream, isLive: boolean): Progress {
  const line = (text: string): void => void stream.write(`${text}\n`);
  if (!isLive) return { line, during: (_label, work) => work };
  const update = createLogUpdate(stream);
  return {
    line: (text) => {
      update.clear();
      line(text);
    },
    during: async (label, work, expectedMs) => {
      const startedMs = performance.now();
      const draw = (): void => {
        const passed = ((performance.now() - startedMs) / 1000).toFixed(1);
        const expected = expectedMs === undefined ? '' : ` of about ${(expectedMs / 1000).toFixed(0)} s`;
        update(`  … ${label}  ${passed} s${expected}`);
      };
      const timer = setInterval(draw, REDRAW_MS);
      try {
        return await work;
      } finally {
        clearInterval(timer);
        update.clear();
      }
    },
  };
}
