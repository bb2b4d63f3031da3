import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { setTimeout as sleep } from 'node:timers/promises';
import { engineClient } from './engine-client.ts';
import { EngineError } from './engine-error.ts';

const PAUSE_MS = 20;

/**
 * Asks for the list of tables until there is one: proof that it is a DynamoDB, and that it is ready.
 * @param patienceMs after this the last refusal is thrown; 0 asks once
 * @param ended aborted when there is nothing to wait for any more; its reason is thrown
 * @throws {EngineError} `ENGINE_NOT_ANSWERING`
 */
export async function waitUntilAnswering(
  endpoint: string,
  patienceMs: number,
  ended?: AbortSignal,
): Promise<void> {
  const client = engineClient(endpoint, 'us-east-1');
  const giveUpAtMs = performance.now() + patienceMs;
  try {
    for (;;) {
      try {
        await client.send(new ListTablesCommand({ Limit: 1 }), { abortSignal: AbortSignal.timeout(5_000) });
        return;
      } catch (error) {
        ended?.throwIfAborted();
        if (performance.now() >= giveUpAtMs) throw notAnswering(endpoint, error);
      }
      await sleep(PAUSE_MS);
    }
  } finally {
    client.destroy();
  }
}

function notAnswering(endpoint: string, cause: unknown): EngineError {
  const found = cause instanceof Error ? cause.message || cause.name : String(cause);
  return new EngineError(
    'ENGINE_NOT_ANSWERING',
    `${endpoint}: found no DynamoDB (${found}), want an answer to ListTables; start it, or leave out --dynamodb-endpoint`,
    cause,
  );
}
