import { createRequire } from 'node:module';
import { startChildEngine } from './child-engine.ts';
import { EngineError } from './engine-error.ts';
import type { EngineProcessStart } from './engine-process-start.ts';
import type { DynamoDbEngine, EngineStart } from './engine.ts';

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
 * @throws {EngineError}
 */
export async function startDynoxide(start: EngineStart = {}): Promise<DynamoDbEngine> {
  const binary = findDynoxide();
  if (binary === null) {
    throw new EngineError(
      'ENGINE_NOT_INSTALLED',
      `found no dynoxide for ${process.platform}-${process.arch}, want its npm package; use --engine=dynalite`,
    );
  }
  const processStart: EngineProcessStart = { port: 0, ...start, binary };
  return startChildEngine('dynoxide', new URL('./engine-guard.ts', import.meta.url), [
    JSON.stringify(processStart),
  ]);
}
