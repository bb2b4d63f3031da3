import type { Fingerprint } from '@spillway/throttle';

/** Digits of a hash that tell two apart in a message. */
const DIGITS = 8;

/** A part of the fingerprint that differs, with both values short enough for a line. */
export interface FingerprintChange {
  readonly what: 'function bundle' | 'template' | 'memory size';
  readonly from: string;
  readonly to: string;
}

/** What differs between two measured systems (method, section 8); empty: they are the same. */
export function fingerprintChanges(from: Fingerprint, to: Fingerprint): readonly FingerprintChange[] {
  const parts: readonly FingerprintChange[] = [
    { what: 'function bundle', from: from.bundle, to: to.bundle },
    { what: 'template', from: from.template, to: to.template },
    { what: 'memory size', from: `${from.memorySize} MB`, to: `${to.memorySize} MB` },
  ];
  return parts
    .filter((part) => part.from !== part.to)
    .map((part) =>
      part.what === 'memory size'
        ? part
        : { ...part, from: part.from.slice(0, DIGITS), to: part.to.slice(0, DIGITS) },
    );
}
