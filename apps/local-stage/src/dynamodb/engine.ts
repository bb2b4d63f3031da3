import type { TableDefinition } from './create-tables.ts';

/** A running DynamoDB: a process of ours, or somebody's endpoint. All implementations pass one contract suite. */
export interface DynamoDbEngine {
  readonly name: 'dynoxide' | 'dynalite' | 'external';
  /** `http://127.0.0.1:<port>`, or the URL the user gave. */
  readonly endpoint: string;
  /** Resolves when the process is gone; an external engine is left alone. */
  stop(): Promise<void>;
  /** Called once if the engine ends without being asked to. */
  onUnexpectedExit(listener: (reason: string) => void): void;
}

/** How to start an engine of ours. */
export interface EngineStart {
  /** Kept across starts; without it tables live in memory. */
  readonly dataDirectory?: string;
  /** @default any free one */
  readonly port?: number;
  /** Tables that are there as soon as it listens; only of use without a data directory. */
  readonly tables?: readonly TableDefinition[];
}
