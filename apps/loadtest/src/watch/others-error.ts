/** Others' requests fail or are slow while the run loads the stage: their traffic is worth more than the test. */
export class OthersSufferError extends Error {
  readonly code = 'OTHERS_SUFFER';

  /** @param where stage, account and Region @param when the windows in which it was seen @param what in words */
  constructor(where: string, when: string, what: string) {
    super(
      `${where}: others suffer: ${when} ${what}, besides this run's own; the load ends and the limits are put back; ` +
        'test at a quieter time, or on a stage of its own',
    );
    this.name = 'OthersSufferError';
  }
}
