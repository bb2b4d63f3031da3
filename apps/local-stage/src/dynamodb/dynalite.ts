import { startChildEngine } from './child-engine.ts';
import type { EngineProcessStart } from './engine-process-start.ts';
import type { DynamoDbEngine, EngineStart } from './engine.ts';

/**
 * Dynalite: DynamoDB in JavaScript, for platforms without a binary; it takes CPU from a process of its own.
 * Unlike DynamoDB it returns no old item on a failed condition and enforces no throughput.
 * @throws {EngineError}
 */
export async function startDynalite(start: EngineStart = {}): Promise<DynamoDbEngine> {
  const processStart: EngineProcessStart = { port: 0, ...start };
  return startChildEngine('dynalite', new URL('./dynalite-process.ts', import.meta.url), [
    JSON.stringify(processStart),
  ]);
}
