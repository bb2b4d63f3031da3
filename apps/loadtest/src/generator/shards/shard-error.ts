/** Why a step that several generators should send was not sent, or can't be put together. */
type ShardProblem =
  /** More processes than shards; one of them was started twice. */
  | 'SHARDS_TAKEN'
  /** All agreed not to start: nothing was sent. */
  | 'SHARDS_NOT_STARTED'
  /** The start was agreed and this shard came too late to it, or on a clock of its own: it sent nothing. */
  | 'SHARD_MISSED_START'
  /** Results of a shard are missing, there twice, or of another step. */
  | 'SHARDS_INCOMPLETE';

/** A step of several generators that came to nothing; the message says found, wanted, next. */
export class ShardError extends Error {
  readonly code: ShardProblem;
  readonly stepName: string;

  constructor(code: ShardProblem, stepName: string, message: string) {
    super(`step ${stepName}: ${message}`);
    this.name = 'ShardError';
    this.code = code;
    this.stepName = stepName;
  }
}
