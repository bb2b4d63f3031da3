import type { TokenBucket } from '@spillway/throttle';
import type { RequestAuthorizer } from './authorize/authorize-request.ts';
import type { Clock } from './clock.ts';
import type { ApiPlace } from './method-arn.ts';

/** What an API of either kind works with. */
export interface GatewayParts<ServedStage> extends ApiPlace {
  /** Of one API, by stage name. */
  readonly stages: ReadonlyMap<string, ServedStage>;
  /** F2: shared by everything in the account. */
  readonly accountBucket: TokenBucket;
  readonly authorizer: RequestAuthorizer;
  readonly clock: Clock;
}

/** What an answer's traces are made with. */
export type AnswerParts = Pick<GatewayParts<unknown>, 'accountId' | 'clock'>;
