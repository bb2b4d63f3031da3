import { isReportHead, refuseText } from './read-report.ts';
import { refuse, type Refusal } from './refusal.ts';

/** Bytes of a file's beginning that are enough to tell its kind. */
export const HEAD_BYTES = 65_536;

/** Beyond this only what begins as an Artillery report is worth the memory that its JSON takes. */
const ANY_JSON_BYTES = 16 * 1024 * 1024;

/** A report of three days with a window each 10 s is below it. */
const REPORT_BYTES = 256 * 1024 * 1024;

/** Kinds of files by their first bytes, and what to do with each. */
const MAGIC: readonly (readonly [bytes: readonly number[], found: string, next: string])[] = [
  [[0x1f, 0x8b], 'a gzip file', 'unpack it: gunzip <file>'],
  [[0x50, 0x4b, 0x03, 0x04], 'a zip file', 'unpack it, and name the report in it'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'a zstd file', 'unpack it: unzstd <file>'],
  [[0xff, 0xfe], 'text in UTF-16', 'save it as UTF-8'],
  [[0xfe, 0xff], 'text in UTF-16', 'save it as UTF-8'],
];

/** Control characters that text may have: tab, line feed, form feed, carriage return, escape (colours). */
const TEXT_CONTROLS = new Set([0x09, 0x0a, 0x0c, 0x0d, 0x1b]);

/**
 * Refuses by its beginning and size what is no report of Artillery, so that the rest need not be read.
 * @param head the first `HEAD_BYTES` of the file, or all of it
 */
export function refuseHead(head: Uint8Array, fileBytes: number): Refusal | undefined {
  if (fileBytes === 0) return refuse('an empty file');
  const known = MAGIC.find(([bytes]) => bytes.every((byte, index) => head[index] === byte));
  if (known) return refuse(known[1], known[2]);
  if (head.some((byte) => byte < 0x20 && !TEXT_CONTROLS.has(byte))) return refuse('a binary file');
  if (fileBytes <= ANY_JSON_BYTES) return undefined;
  const text = new TextDecoder().decode(head).trimStart();
  const size = `${Math.round(fileBytes / 1024 ** 2)} MB`;
  if (!isReportHead(text)) return refuseText(text, `${size}, and it does not begin as a report does`);
  if (fileBytes <= REPORT_BYTES) return undefined;
  return refuse(
    `a report of ${size}, of which ${REPORT_BYTES / 1024 ** 2} MB can be read`,
    'split the test, or give fewer of its windows',
  );
}
