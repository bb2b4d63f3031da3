/** What a contestant is started with. All get the same handler, table engine and ceiling. */
export interface Place {
  /** A folder of this run's own, removed afterwards. */
  readonly directory: string;
  /** CommonJS bundle of the handler that infra deploys; exports `handler`. */
  readonly handlerFile: string;
  /** The synthesized template. */
  readonly templateFile: string;
  readonly engineEndpoint: string;
  /** Of 127.0.0.1, where entries are to be posted. */
  readonly port: number;
  /** Most execution environments, that is requests inside the contestant at once. */
  readonly environments: number;
}

/** How a contestant is started in a process of its own. */
export interface StartCommand {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Where entries are posted. */
  readonly url: string;
  /** Called once it answers, before it is measured. */
  readonly prepare?: () => Promise<void>;
}

/** A program that takes entries over HTTP; it runs on the Node that runs us. */
export interface Contestant {
  readonly name: string;
  /** What was measured, for the table: package and version. */
  readonly version: string;
  readonly isPeer: boolean;
  /** Whether it makes the table itself, as a stage that is deployed does. */
  readonly makesTable: boolean;
  /** Downloads it on first use. */
  install(): Promise<void>;
  /** Writes what it needs into the place's folder. */
  command(place: Place): Promise<StartCommand>;
}
