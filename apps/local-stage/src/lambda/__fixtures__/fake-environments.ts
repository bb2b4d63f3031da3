import type {
  EnvironmentAnswer,
  EnvironmentSource,
  ExecutionEnvironment,
  InitOutcome,
  RanOutcome,
} from '../environment-port.ts';
import type { FunctionDefinition } from '../function-definition.ts';

export const RETURNED: RanOutcome = { kind: 'returned', payload: 'done' };

/** An environment that does what the test tells it, when the test tells it. */
export class FakeEnvironment implements ExecutionEnvironment {
  readonly ready: Promise<InitOutcome>;
  readonly gone: Promise<void>;
  readonly definition: FunctionDefinition | undefined;
  readonly initLimitMs: number | undefined;
  state: 'starting' | 'idle' | 'busy' | 'gone' = 'starting';
  /** It was given an invocation when it had one, or was not ready. */
  overlapped = false;
  isFrozen = false;
  event: unknown;
  timeoutMs = 0;
  #settleInit!: (outcome: InitOutcome) => void;
  #settleGone!: () => void;
  #answer: ((answer: EnvironmentAnswer) => void) | null = null;

  constructor(definition?: FunctionDefinition, initLimitMs?: number) {
    this.definition = definition;
    this.initLimitMs = initLimitMs;
    this.ready = new Promise((resolve) => (this.#settleInit = resolve));
    this.gone = new Promise((resolve) => (this.#settleGone = resolve));
  }

  invoke(event: unknown, _context: unknown, timeoutMs: number): Promise<EnvironmentAnswer> {
    if (this.state === 'gone') return Promise.resolve({ kind: 'not-begun' });
    this.overlapped ||= this.state !== 'idle';
    this.state = 'busy';
    this.isFrozen = false;
    this.event = event;
    this.timeoutMs = timeoutMs;
    return new Promise((resolve) => (this.#answer = resolve));
  }

  freeze(): void {
    this.isFrozen = true;
  }

  becomeReady(initMs = 5): void {
    this.state = 'idle';
    this.#settleInit({ kind: 'ready', initMs });
  }

  failInit(outcome: RanOutcome): void {
    this.#settleInit({ kind: 'failed', initMs: 5, outcome });
    this.kill();
  }

  overrun(): void {
    this.#settleInit({ kind: 'overran', initMs: this.initLimitMs ?? 0 });
    this.kill();
  }

  answer(outcome: RanOutcome = RETURNED, durationMs = 1): void {
    this.state = 'idle';
    this.#answer?.({ kind: 'ran', outcome, durationMs });
  }

  /** The process ends before the event reached the handler. */
  endUnbegun(): void {
    this.#answer?.({ kind: 'not-begun' });
    this.kill();
  }

  /** Killed at the function's timeout. */
  timeOut(): void {
    this.#answer?.({
      kind: 'ran',
      outcome: { kind: 'timed-out', timeoutMs: this.timeoutMs },
      durationMs: this.timeoutMs,
    });
    this.kill();
  }

  /** Ends the process, under its invocation if there is one. */
  kill(): void {
    if (this.state === 'gone') return;
    this.state = 'gone';
    this.#settleInit({ kind: 'failed', initMs: 0, outcome: { kind: 'crashed', reason: 'killed' } });
    this.#answer?.({ kind: 'ran', outcome: { kind: 'crashed', reason: 'killed' }, durationMs: 1 });
    this.#settleGone();
  }
}

/** Starts fakes and keeps them in the order of their starts. */
export class FakeSource implements EnvironmentSource {
  readonly started: FakeEnvironment[] = [];

  start(definition?: FunctionDefinition, initLimitMs?: number): FakeEnvironment {
    const environment = new FakeEnvironment(definition, initLimitMs);
    this.started.push(environment);
    return environment;
  }

  in(state: FakeEnvironment['state']): FakeEnvironment[] {
    return this.started.filter((environment) => environment.state === state);
  }

  async close(): Promise<void> {}
}

/** Lets everything happen that waits for a settled promise only. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
