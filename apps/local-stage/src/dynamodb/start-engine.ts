import { startDynalite } from './dynalite.ts';
import { findDynoxide, startDynoxide } from './dynoxide.ts';
import { EngineError } from './engine-error.ts';
import type { DynamoDbEngine, EngineStart } from './engine.ts';
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
 * @param again where an engine of ours that ended has to come back, and with which tables
 * @throws {EngineError} if it is not installed, does not start or does not answer
 */
export async function startEngine(
  choice: EngineChoice,
  again: Pick<EngineStart, 'port' | 'tables'> = {},
): Promise<DynamoDbEngine> {
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
  const { dataDirectory } = choice;
  if (dataDirectory === undefined) return startOwn(start, again);
  try {
    return await startOwn(start, { ...again, dataDirectory });
  } catch (error) {
    if (!(error instanceof EngineError) || error.code === 'DATA_FOLDER_REFUSED') throw error;
    throw new EngineError(
      'DATA_FOLDER_REFUSED',
      `--data-dir ${dataDirectory}: its engine does not start on it (${oneLine(error)}); choose another folder`,
      error,
    );
  }
}

async function startOwn(start: typeof startDynoxide, engineStart: EngineStart): Promise<DynamoDbEngine> {
  const engine = await start(engineStart);
  const ended = new AbortController();
  engine.onUnexpectedExit((reason) => ended.abort(new EngineError('ENGINE_NOT_STARTED', reason)));
  try {
    await waitUntilAnswering(engine.endpoint, READY_LIMIT_MS, ended.signal);
  } catch (error) {
    await engine.stop();
    throw error;
  }
  return engine;
}

/** What an engine says as it ends may be a whole stack. */
function oneLine({ message }: Error): string {
  return /\w*Error: .*/.exec(message)?.[0] ?? message.replaceAll('\n', ' ');
}
