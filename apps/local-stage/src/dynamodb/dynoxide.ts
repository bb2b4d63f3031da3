import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { startChildEngine } from './child-engine.ts';
import { EngineError } from './engine-error.ts';
import type { DynamoDbEngine } from './engine.ts';

/** Path of the native binary, or `null` where npm installed none for this platform. */
export function findDynoxide(): string | null {
  try {
    return createRequire(import.meta.url).resolve(`@dynoxide/${process.platform}-${process.arch}/dynoxide`);
  } catch {
    return null;
  }
}

/**
 * Dynoxide: DynamoDB over SQLite in one native binary; starts in milliseconds.
 * @param dataDirectory kept across starts; without it tables live in memory
 * @throws {EngineError}
 */
export async function startDynoxide(dataDirectory?: string): Promise<DynamoDbEngine> {
  const binary = findDynoxide();
  if (binary === null) {
    throw new EngineError(
      'ENGINE_NOT_INSTALLED',
      `found no dynoxide for ${process.platform}-${process.arch}, want its npm package; use --engine=dynalite`,
    );
  }
  if (dataDirectory !== undefined) mkdirSync(dataDirectory, { recursive: true });
  const database = dataDirectory === undefined ? [] : [join(dataDirectory, 'dynoxide.sqlite')];
  return startChildEngine('dynoxide', new URL('./engine-guard.ts', import.meta.url), [binary, ...database]);
}
