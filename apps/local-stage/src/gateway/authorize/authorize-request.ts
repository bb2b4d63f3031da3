import type { IncomingMessage } from 'node:http';
import type { ResourcePolicy } from '../../template/resource-policy-model.ts';

/** Who signed a request. */
export interface Caller {
  readonly accessKey: string;
  readonly accountId: string;
  /** `arn:aws:iam::000000000000:user/local`. */
  readonly userArn: string;
  /** What IAM calls the unique id, `AIDA…`. */
  readonly userId: string;
}

/** Everything that decides whether a request may go on. */
export interface AuthorizationInput {
  /** With its url as on the wire, stage included. */
  readonly request: IncomingMessage;
  readonly body: Buffer | null;
  /** Wall clock. */
  readonly receivedAtMs: number;
  readonly authorizationType: 'NONE' | 'AWS_IAM';
  /** Null where the API has none. */
  readonly resourcePolicy: ResourcePolicy | null;
  /** `arn:aws:execute-api:<region>:<account>:<apiId>/<stage>/<METHOD>/<path>`. */
  readonly methodArn: string;
}

export type AuthorizationOutcome =
  /** The caller is null where nobody had to sign. */
  | { readonly kind: 'allowed'; readonly caller: Caller | null }
  /** The message is what a REST API tells the client; see `authorization-error.ts`. */
  | { readonly kind: 'refused'; readonly reason: AuthorizationRefusal; readonly message: string };

export type AuthorizationRefusal =
  | 'missing-authentication-token'
  | 'invalid-signature'
  | 'incomplete-signature'
  | 'unknown-access-key'
  | 'signature-expired'
  | 'access-denied';

/** What the gateways ask before anything is counted against a throttle; implemented by `RequestGuard`. */
export interface RequestAuthorizer {
  /** Never throws or rejects: whatever is wrong with the request is an outcome. */
  authorize(input: AuthorizationInput): Promise<AuthorizationOutcome> | AuthorizationOutcome;
}
