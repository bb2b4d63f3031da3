import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startChildEngine } from './child-engine.ts';
import type { DynamoDbEngine } from './engine.ts';

/**
 * Dynalite: DynamoDB in JavaScript, for platforms without a binary; it takes CPU from a process of its own.
 * Unlike DynamoDB it returns no old item on a failed condition and enforces no throughput.
 * @param dataDirectory kept across starts; without it tables live in memory
 * @throws {EngineError}
 */
export async function startDynalite(dataDirectory?: string): Promise<DynamoDbEngine> {
  if (dataDirectory !== undefined) mkdirSync(dataDirectory, { recursive: true });
  const database = dataDirectory === undefined ? [] : [join(dataDirectory, 'dynalite')];
  return startChildEngine('dynalite', new URL('./dynalite-process.ts', import.meta.url), database);
}
