import type { TokenBucket } from '@spillway/throttle';
import { admitRequest } from '../admit-request.ts';
import type { Exchange } from './exchange.ts';
import type { GatewayErrorKind } from './gateway-response.ts';
import type { RestRoute } from './rest-route.ts';
import { admitClient } from './usage-plans.ts';

/**
 * Asks the client's plan, then the method, then the account (F3); null when all admit. What an earlier one gave
 * stays spent when a later one refuses (unverified). The client's key is kept in the exchange.
 */
export function admitExchange(
  exchange: Exchange,
  { clients, bucket }: RestRoute,
  account: TokenBucket,
): GatewayErrorKind | null {
  const { request, startedAtMs, receivedAtMs } = exchange;
  if (clients) {
    const client = clients.get(String(request.headers['x-api-key'] ?? ''));
    if (!client) return 'invalid-api-key';
    exchange.apiKey = client.key;
    const verdict = admitClient(client, startedAtMs, receivedAtMs);
    if (verdict !== 'admitted') return verdict;
  }
  return admitRequest(bucket, account, startedAtMs) ? null : 'throttled';
}
