import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LOCAL_CREDENTIALS } from '../lambda/environment-variables.ts';

/**
 * The SDK's client for an engine on this machine; the caller destroys it.
 * Region and key are the function's own: DynamoDB Local keeps a set of tables for each pair of them.
 */
export function engineClient(endpoint: string, region: string): DynamoDBClient {
  return new DynamoDBClient({ endpoint, region, credentials: LOCAL_CREDENTIALS, maxAttempts: 1 });
}
