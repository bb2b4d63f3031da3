import type { DynamoDbEngine } from './engine.ts';
import { waitUntilAnswering } from './wait-until-answering.ts';

/**
 * Somebody's DynamoDB, such as DynamoDB Local: checked once, never stopped.
 * @throws {EngineError} `ENGINE_NOT_ANSWERING` if no DynamoDB answers there
 */
export async function useExternalEngine(endpoint: string): Promise<DynamoDbEngine> {
  await waitUntilAnswering(endpoint, 0);
  return { name: 'external', endpoint, stop: async () => {}, onUnexpectedExit: () => {} };
}
