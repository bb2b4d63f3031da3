import path from 'node:path';
import { DirectoryPlace } from './directory-place.ts';

/**
 * Where generators that send one step together meet and leave their results: a directory they share, or an S3 prefix.
 * A name is whole or absent, never half there.
 */
export interface ResultPlace {
  /** For messages. */
  readonly location: string;
  /** How often it may be asked whether something has changed, ms. */
  readonly pollMs: number;
  put(name: string, text: string): Promise<void>;
  /** The same of bytes that are made piece by piece; no piece changes once it was given. */
  putPieces(name: string, pieces: Iterable<Uint8Array>): Promise<void>;
  /**
   * @param text differs from what anybody else would put there
   * @returns false when the name was there already: of all who try, one succeeds
   */
  putIfAbsent(name: string, text: string): Promise<boolean>;
  /** @returns null when there is no such name */
  get(name: string): Promise<string | null>;
  getBytes(name: string): Promise<Uint8Array | null>;
  /** Every name in this place, sorted; folders within it are places of their own. */
  list(): Promise<string[]>;
  within(folder: string): ResultPlace;
}

/** Whose S3 it is, where the standard chain doesn't say so. */
export interface S3Access {
  readonly region: string;
  readonly profile?: string;
}

/**
 * @param location a directory, or `s3://bucket/prefix`
 * @throws S3LocationError when it is meant to be an S3 location and is none
 */
export async function openPlace(location: string, access?: S3Access): Promise<ResultPlace> {
  if (!location.startsWith('s3:')) return new DirectoryPlace(path.resolve(location));
  // Loaded only here: the AWS SDK costs a local step a tenth of a second.
  const { S3Place } = await import('./s3-place.ts');
  return S3Place.open(location, access);
}
