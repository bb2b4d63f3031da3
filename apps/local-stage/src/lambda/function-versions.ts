import { randomUUID } from 'node:crypto';
import { LATEST } from './function-definition.ts';

/** What of a function's configuration a version keeps, of what can be changed here. */
export interface VersionSettings {
  readonly timeoutMs: number;
  readonly memorySizeMb: number;
}

/** A version, as it runs. */
export interface FunctionVersion {
  /** `$LATEST` or a number. */
  readonly version: string;
  readonly settings: VersionSettings;
}

/** A function with versions, as a template declares it. */
export interface VersionedFunction extends VersionSettings {
  /** Name → version. */
  readonly aliases: Readonly<Record<string, string>>;
  /** Alias or version that the gateway calls; null: the function itself. */
  readonly calledAs: string | null;
}

/**
 * The versions and aliases of one function. A changed configuration is `$LATEST`'s alone, until a version of it is
 * published and whatever the gateway calls points at that.
 */
export class FunctionVersions {
  #declared: VersionedFunction;
  #latest: VersionSettings;
  #published = new Map<string, VersionSettings>();
  #aliases = new Map<string, string>();
  #revisions = new Map<string, string>();
  #newest = 0;

  constructor(declared: VersionedFunction) {
    this.#declared = declared;
    this.#latest = settingsOf(declared);
    this.#declareVersions();
  }

  /** The version that requests run. */
  get called(): FunctionVersion {
    return this.find(this.#declared.calledAs) ?? { version: LATEST, settings: this.#latest };
  }

  /** @param qualifier alias, version, or null for `$LATEST`; undefined where there is none of that name */
  find(qualifier: string | null): FunctionVersion | undefined {
    const version = qualifier === null ? LATEST : (this.#aliases.get(qualifier) ?? qualifier);
    const settings = version === LATEST ? this.#latest : this.#published.get(version);
    return settings && { version, settings };
  }

  /** Changes `$LATEST`. */
  configure(change: Partial<VersionSettings>): void {
    this.#latest = { ...this.#latest, ...change };
  }

  /** A version of `$LATEST` as it is now: the newest one, where nothing has changed since that. */
  publish(): FunctionVersion {
    const newest = this.#published.get(String(this.#newest));
    if (!newest || !isSame(newest, this.#latest)) {
      this.#newest += 1;
      this.#published.set(String(this.#newest), this.#latest);
    }
    return { version: String(this.#newest), settings: this.#latest };
  }

  /** Version that the alias points at; undefined for an alias that is not there. */
  versionOf(alias: string): string | undefined {
    return this.#aliases.get(alias);
  }

  /** Another one each time that the alias is set. */
  revisionOf(alias: string): string | undefined {
    return this.#revisions.get(alias);
  }

  /** Points the alias at another version. False where there is no such version, and then nothing has changed. */
  point(alias: string, version: string): boolean {
    if (version !== LATEST && !this.#published.has(version)) return false;
    this.#setAlias(alias, version);
    return true;
  }

  /**
   * These as another template declares them; they themselves stay as they are. What it declares as before stays as it was changed since; where it
   * declares other settings, they are deployed: as a version of their own, with the aliases on it.
   */
  redeclared(next: VersionedFunction): FunctionVersions {
    const copy = new FunctionVersions(this.#declared);
    copy.#latest = this.#latest;
    copy.#published = new Map(this.#published);
    copy.#aliases = new Map(this.#aliases);
    copy.#revisions = new Map(this.#revisions);
    copy.#newest = this.#newest;
    copy.#redeclare(next);
    return copy;
  }

  #redeclare(next: VersionedFunction): void {
    const before = this.#declared;
    this.#declared = next;
    this.configure({
      ...(next.timeoutMs === before.timeoutMs ? {} : { timeoutMs: next.timeoutMs }),
      ...(next.memorySizeMb === before.memorySizeMb ? {} : { memorySizeMb: next.memorySizeMb }),
    });
    if (isSame(next, before)) return this.#declareVersions();
    const { version } = this.publish();
    for (const [alias, declared] of Object.entries(next.aliases)) {
      this.#setAlias(alias, declared === LATEST ? LATEST : version);
    }
    this.#declareVersions();
  }

  #setAlias(alias: string, version: string): void {
    this.#aliases.set(alias, version);
    this.#revisions.set(alias, randomUUID());
  }

  /** Those that the template points at are there from the start, with its settings. */
  #declareVersions(): void {
    const { aliases, calledAs } = this.#declared;
    for (const [alias, version] of Object.entries(aliases)) {
      if (!this.#aliases.has(alias)) this.#setAlias(alias, version);
    }
    for (const version of [...Object.values(aliases), ...(calledAs === null ? [] : [calledAs])]) {
      if (!/^\d+$/.test(version) || this.#published.has(version)) continue;
      this.#published.set(version, settingsOf(this.#declared));
      this.#newest = Math.max(this.#newest, Number(version));
    }
  }
}

function settingsOf({ timeoutMs, memorySizeMb }: VersionSettings): VersionSettings {
  return { timeoutMs, memorySizeMb };
}

function isSame(a: VersionSettings, b: VersionSettings): boolean {
  return a.timeoutMs === b.timeoutMs && a.memorySizeMb === b.memorySizeMb;
}
