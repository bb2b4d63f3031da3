import {
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ResultPlace, S3Access } from './result-place.ts';

/** A location that says S3 and does not name a bucket. */
export class S3LocationError extends Error {
  readonly code = 'S3_LOCATION';

  constructor(location: string) {
    super(`results: found ${JSON.stringify(location)}, want s3://<bucket>/<prefix>`);
    this.name = 'S3LocationError';
  }
}

const TRIES = 10;
const CONFLICT_PAUSE_MS = 100;

/**
 * A prefix in an S3 bucket. Only one conditional write (`If-None-Match: *`) of a key succeeds, and reads and lists see
 * every write before them (F100). Region and credentials come from the standard chain, another endpoint from
 * `AWS_ENDPOINT_URL_S3`.
 */
export class S3Place implements ResultPlace {
  readonly pollMs = 500;
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #prefix: string;

  /** @throws S3LocationError */
  static open(location: string, access?: S3Access): S3Place {
    const [, bucket, prefix = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]+)(?:\/(.*))?$/.exec(location) ?? [];
    if (bucket === undefined) throw new S3LocationError(location);
    // A step is lost with its results: there is nothing to gain from giving up early.
    const client = new S3Client({ ...access, maxAttempts: TRIES, followRegionRedirects: true });
    return new S3Place(client, bucket, prefix.replace(/\/+$/, ''));
  }

  private constructor(client: S3Client, bucket: string, prefix: string) {
    this.#client = client;
    this.#bucket = bucket;
    this.#prefix = prefix;
  }

  get location(): string {
    return `s3://${this.#bucket}/${this.#prefix}`;
  }

  async put(name: string, text: string): Promise<void> {
    await this.putPieces(name, [Buffer.from(text)]);
  }

  /** S3 wants the length first, and all of it again when it is tried again: held whole, outside of the heap. */
  async putPieces(name: string, pieces: Iterable<Uint8Array>): Promise<void> {
    const Body = Buffer.concat([...pieces]);
    await this.#client.send(new PutObjectCommand({ ...this.#object(name), Body }));
  }

  async putIfAbsent(name: string, text: string): Promise<boolean> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#client.send(
          new PutObjectCommand({ ...this.#object(name), Body: Buffer.from(text), IfNoneMatch: '*' }),
        );
        return true;
      } catch (error) {
        const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
        // A write of our own that did arrive, and was tried again because its answer did not.
        if (status === 412) return (await this.get(name)) === text;
        // 409: another write of this key was under way; S3 asks to try again.
        if (status !== 409 || attempt === TRIES) throw error;
        await sleep(CONFLICT_PAUSE_MS);
      }
    }
  }

  async get(name: string): Promise<string | null> {
    const bytes = await this.getBytes(name);
    return bytes === null ? null : new TextDecoder().decode(bytes);
  }

  async getBytes(name: string): Promise<Uint8Array | null> {
    try {
      const { Body } = await this.#client.send(new GetObjectCommand(this.#object(name)));
      return (await Body?.transformToByteArray()) ?? new Uint8Array(0);
    } catch (error) {
      if (error instanceof NoSuchKey) return null;
      throw error;
    }
  }

  async list(): Promise<string[]> {
    const start = this.#key('');
    const names: string[] = [];
    for (let token: string | undefined; ;) {
      const page = await this.#client.send(
        new ListObjectsV2Command({
          Bucket: this.#bucket,
          Prefix: start,
          Delimiter: '/',
          ContinuationToken: token,
        }),
      );
      for (const { Key } of page.Contents ?? []) if (Key !== undefined) names.push(Key.slice(start.length));
      token = page.NextContinuationToken;
      if (token === undefined) return names.sort();
    }
  }

  within(folder: string): ResultPlace {
    return new S3Place(this.#client, this.#bucket, this.#key(folder));
  }

  #object(name: string): { Bucket: string; Key: string } {
    return { Bucket: this.#bucket, Key: this.#key(name) };
  }

  #key(name: string): string {
    return this.#prefix === '' ? name : `${this.#prefix}/${name}`;
  }
}
