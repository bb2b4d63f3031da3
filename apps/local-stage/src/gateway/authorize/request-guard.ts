import type {
  AuthorizationInput,
  AuthorizationOutcome,
  Caller,
  RequestAuthorizer,
} from './authorize-request.ts';
import { evaluateResourcePolicy, type PolicyVerdict } from './evaluate-resource-policy.ts';
import type { ConditionKeys } from './policy-condition.ts';
import { refusal } from './refusal.ts';
import type { SigningKeys } from './signing-key.ts';
import { sourceIpOf } from '../source-ip.ts';
import type { verifySignature } from './verify-signature.ts';

const ANYBODY: AuthorizationOutcome = { kind: 'allowed', caller: null };

/** Lets a request pass that is signed where it must be and that the API's resource policy does not refuse. */
export class RequestGuard implements RequestAuthorizer {
  readonly #keys: SigningKeys;
  readonly #region: string;
  #verifier: Promise<{ readonly verifySignature: typeof verifySignature }> | null = null;

  constructor(keys: SigningKeys, region: string) {
    this.#keys = keys;
    this.#region = region;
  }

  /** Costs nothing where neither a signature nor a policy is asked for. */
  authorize(input: AuthorizationInput): Promise<AuthorizationOutcome> | AuthorizationOutcome {
    if (input.authorizationType === 'AWS_IAM') return this.#authorizeSigned(input);
    return input.resourcePolicy === null ? ANYBODY : askPolicy(input, null);
  }

  async #authorizeSigned(input: AuthorizationInput): Promise<AuthorizationOutcome> {
    const { request, body, receivedAtMs } = input;
    // The AWS SDK's signer takes a while to load, and few templates ask for it.
    const verifier = await (this.#verifier ??= import('./verify-signature.ts'));
    const outcome = await verifier.verifySignature(request, body, this.#keys, this.#region, receivedAtMs);
    return outcome.kind === 'refused' ? outcome : askPolicy(input, outcome.caller);
  }
}

/**
 * AWS's outcome tables, with a caller whose own policies allow everything: no IAM stands behind the keys here.
 * Unsigned and from another account, the policy has to allow; from the API's own account it must not deny.
 */
function askPolicy(input: AuthorizationInput, caller: Caller | null): AuthorizationOutcome {
  const { methodArn, resourcePolicy } = input;
  const verdict: PolicyVerdict = resourcePolicy
    ? evaluateResourcePolicy(resourcePolicy, { methodArn, caller, keys: conditionKeys(input, caller) })
    : 'silent';
  const isOwn = caller !== null && caller.accountId === methodArn.split(':')[4];
  if (verdict === 'allow' || (verdict === 'silent' && isOwn)) return { kind: 'allowed', caller };
  const who = caller ? maskAccount(caller.userArn) : 'anonymous';
  const how = verdict === 'deny' ? ' with an explicit deny' : '';
  return refusal(
    'access-denied',
    `User: ${who} is not authorized to perform: execute-api:Invoke on resource: ${maskAccount(methodArn)}${how}`,
  );
}

function conditionKeys({ request, receivedAtMs }: AuthorizationInput, caller: Caller | null): ConditionKeys {
  const keys = new Map([
    ['aws:sourceip', sourceIpOf(request)],
    // API Gateway serves nothing but HTTPS; that this machine does without is no fact about the stage.
    ['aws:securetransport', 'true'],
    ['aws:currenttime', new Date(receivedAtMs).toISOString()],
    ['aws:epochtime', String(Math.floor(receivedAtMs / 1000))],
    ['aws:principaltype', caller ? 'User' : 'Anonymous'],
  ]);
  const { 'user-agent': userAgent, referer } = request.headers;
  if (userAgent !== undefined) keys.set('aws:useragent', userAgent);
  if (referer !== undefined) keys.set('aws:referer', referer);
  if (caller) {
    keys.set('aws:principalarn', caller.userArn);
    keys.set('aws:principalaccount', caller.accountId);
    keys.set('aws:userid', caller.userId);
    keys.set('aws:username', caller.userArn.slice(caller.userArn.lastIndexOf('/') + 1));
  }
  return keys;
}

/** `123456789012` → `********9012`, as AWS tells clients. */
function maskAccount(arn: string): string {
  return arn.replace(/:\d{8}(\d{4}):/, ':********$1:');
}
