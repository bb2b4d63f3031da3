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
