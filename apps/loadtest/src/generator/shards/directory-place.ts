import { randomUUID } from 'node:crypto';
import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { ResultPlace } from './result-place.ts';

/** A directory that all generators of a step can write to; made when something is first put there. */
export class DirectoryPlace implements ResultPlace {
  readonly location: string;
  readonly pollMs = 20;

  /** @param directory absolute */
  constructor(directory: string) {
    this.location = directory;
  }

  async put(name: string, text: string): Promise<void> {
    await mkdir(this.location, { recursive: true });
    await writeFileAtomic(this.#file(name), text);
  }

  async putIfAbsent(name: string, text: string): Promise<boolean> {
    await mkdir(this.location, { recursive: true });
    // Written first and named then: a link is made at once and by one process only, so nobody reads half of it.
    const unnamed = this.#file(`.${name}.${randomUUID()}`);
    await writeFile(unnamed, text);
    try {
      await link(unnamed, this.#file(name));
      return true;
    } catch (error) {
      if (hasCode(error, 'EEXIST')) return false;
      throw error;
    } finally {
      await rm(unnamed, { force: true });
    }
  }

  async get(name: string): Promise<string | null> {
    return readFile(this.#file(name), 'utf8').catch(nullIfAbsent);
  }

  async list(): Promise<string[]> {
    const entries = (await readdir(this.location, { withFileTypes: true }).catch(nullIfAbsent)) ?? [];
    return entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map(({ name }) => name)
      .sort();
  }

  within(folder: string): ResultPlace {
    return new DirectoryPlace(path.join(this.location, folder));
  }

  #file(name: string): string {
    return path.join(this.location, name);
  }
}

function nullIfAbsent(error: unknown): null {
  if (hasCode(error, 'ENOENT')) return null;
  throw error;
}

function hasCode(error: unknown, code: string): boolean {
  return (error as NodeJS.ErrnoException).code === code;
}
