import { HEAD_BYTES, refuseHead, type Refusal } from '@spillway/capacity';
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';

/**
 * Text of a file that may be anything: its beginning is looked at before the rest is read.
 * @throws the file system's own error when it can't be read
 */
export function readForeignFile(path: string): string | Refusal {
  const handle = openSync(path, 'r');
  try {
    const head = new Uint8Array(HEAD_BYTES);
    const length = readSync(handle, head, 0, HEAD_BYTES, 0);
    const refusal = refuseHead(head.subarray(0, length), fstatSync(handle).size);
    return refusal ?? readFileSync(path, 'utf8');
  } finally {
    closeSync(handle);
  }
}
