import { startDynalite } from './dynalite.ts';
import { findDynoxide, startDynoxide } from './dynoxide.ts';
import { EngineError } from './engine-error.ts';
import type { DynamoDbEngine } from './engine.ts';
import { useExternalEngine } from './external.ts';
import { waitUntilAnswering } from './wait-until-answering.ts';

export interface EngineChoice {
  /** `auto` is dynoxide where its binary is installed, dynalite elsewhere. */
  readonly kind: 'auto' | 'dynoxide' | 'dynalite' | 'external';
  /** Of an external engine. */
  readonly endpoint?: string;
  /** Where an engine of ours keeps its tables. @default in memory */
  readonly dataDirectory?: string;
}

const READY_LIMIT_MS = 10_000;

/**
 * Starts the DynamoDB of the local stage; resolves when it answers.
 * @throws {EngineError} if it is not installed, does not start or does not answer
 */
export async function startEngine(choice: EngineChoice): Promise<DynamoDbEngine> {
  if (choice.kind === 'external') {
    if (choice.endpoint === undefined) {
      throw new EngineError(
        'ENGINE_NOT_ANSWERING',
        'engine external: found no endpoint, want --dynamodb-endpoint=<url>',
      );
    }
    return useExternalEngine(choice.endpoint);
  }
  const start =
    choice.kind === 'dynalite' || (choice.kind === 'auto' && !findDynoxide()) ? startDynalite : startDynoxide;
  const engine = await start(choice.dataDirectory);
  try {
    await waitUntilAnswering(engine.endpoint, READY_LIMIT_MS);
  } catch (error) {
    await engine.stop();
    throw error;
  }
  return engine;
}
