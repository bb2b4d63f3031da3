import type { TableDefinition } from './create-tables.ts';

/** What an engine's process is started with; handed over as JSON in its one argument. */
export interface EngineProcessStart {
  /** 0 for any free one. */
  readonly port: number;
  /** Of a native engine. */
  readonly binary?: string;
  /** Without one tables live in memory. */
  readonly dataDirectory?: string;
  /** Tables that are there before it listens, so that nobody meets it without them. */
  readonly tables?: readonly TableDefinition[];
}

/** The argument as the process itself reads it. */
export function readEngineProcessStart(): EngineProcessStart {
  return JSON.parse(process.argv[2] ?? '') as EngineProcessStart;
}
