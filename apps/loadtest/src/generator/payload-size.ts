import * as z from 'zod';
import { uniforms } from './seeded-random.ts';

/** Most bytes of a body that the gateway takes (F14); beyond them nothing reaches the stage's own code. */
const MAX_BODY_BYTES = 10_485_760;
const MAX_MIX_SIZES = 100;

const bytes = z
  .int()
  .positive()
  .max(MAX_BODY_BYTES, `want ≤ ${MAX_BODY_BYTES}: API Gateway refuses larger bodies (10 MB)`);
const seed = z.int();

/** Bytes of the requests' bodies: all the same, or drawn for each. */
export const payloadSchema = z.union([
  bytes,
  z.discriminatedUnion('kind', [
    z
      .strictObject({ kind: z.literal('uniform'), minBytes: bytes, maxBytes: bytes, seed })
      .refine(({ minBytes, maxBytes }) => minBytes <= maxBytes, 'want minBytes ≤ maxBytes'),
    /** ln(bytes) is normal around ln(medianBytes) with deviation `sigma`; what lies beyond `maxBytes` is cut to it. */
    z
      .strictObject({
        kind: z.literal('lognormal'),
        medianBytes: bytes,
        sigma: z.number().positive().max(5),
        maxBytes: bytes,
        seed,
      })
      .refine(({ medianBytes, maxBytes }) => medianBytes <= maxBytes, 'want medianBytes ≤ maxBytes'),
    z.strictObject({
      kind: z.literal('mix'),
      sizes: z
        .array(z.strictObject({ bytes, weight: z.number().positive() }))
        .min(1)
        .max(MAX_MIX_SIZES),
      seed,
    }),
  ]),
]);

export type PayloadSize = z.infer<typeof payloadSchema>;
type Distribution = Exclude<PayloadSize, number>;

/** The sizes asked for by name; a log-normal one reaches below its `smallestBytes`, which is its median. */
export function payloadRange(size: PayloadSize): { smallestBytes: number; largestBytes: number } {
  if (typeof size === 'number') return { smallestBytes: size, largestBytes: size };
  switch (size.kind) {
    case 'uniform':
      return { smallestBytes: size.minBytes, largestBytes: size.maxBytes };
    case 'lognormal':
      return { smallestBytes: size.medianBytes, largestBytes: size.maxBytes };
    case 'mix': {
      const asked = size.sizes.map((row) => row.bytes);
      return { smallestBytes: Math.min(...asked), largestBytes: Math.max(...asked) };
    }
  }
}

/**
 * Bytes of requests 0 to count − 1. The k-th is a function of the seed and k alone, whatever the count, so that any
 * process can tell what was sent.
 */
export function payloadSizes(size: PayloadSize, count: number): (sequence: number) => number {
  if (typeof size === 'number') return () => size;
  const draw = drawFrom(size, uniforms(size.seed, 'payload'));
  const sizes = Uint32Array.from({ length: count }, draw);
  return (sequence) => sizes[sequence] as number;
}

/** Takes the same number of uniforms for each request: request k starts at a known place of the stream. */
function drawFrom(size: Distribution, uniform: () => number): () => number {
  switch (size.kind) {
    case 'uniform':
      return () => size.minBytes + Math.floor(uniform() * (size.maxBytes - size.minBytes + 1));
    case 'lognormal':
      return () => {
        const bytesDrawn = size.medianBytes * Math.exp(size.sigma * standardNormal(uniform));
        return Math.max(1, Math.round(Math.min(size.maxBytes, bytesDrawn)));
      };
    case 'mix': {
      let total = 0;
      const rows = size.sizes.map((row) => ({ bytes: row.bytes, below: (total += row.weight) }));
      return () => {
        const point = uniform() * total;
        // The last row where rounding left the point at the very end.
        return (rows.find(({ below }) => point < below) ?? rows.at(-1))?.bytes ?? 0;
      };
    }
  }
}

/** Box and Muller (1958): two uniforms make a normal number, exactly distributed. */
function standardNormal(uniform: () => number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
  return radius * Math.cos(2 * Math.PI * uniform());
}
