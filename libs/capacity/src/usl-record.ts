import * as z from 'zod';

/** A coefficient with its 95 % confidence interval. */
const coefficientSchema = z.strictObject({ estimate: z.number(), lower: z.number(), upper: z.number() });

/**
 * Universal Scalability Law fitted to the run's levels, a cross-check of the bracket that decides nothing (method,
 * section 4): X(N) = γN / (1 + σ(N−1) + κN(N−1)), N requests in flight on average, X requests/s.
 */
export const uslSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('fitted'),
    /** Requests/s of one request at a time. */
    gamma: coefficientSchema,
    /** Contention, 0–1. */
    sigma: coefficientSchema,
    /** Coherency, 0 and up; 0: no peak, only a ceiling of γ/σ. */
    kappa: coefficientSchema,
    /** Levels that the fit rests on: [N, X] each. */
    levels: z.array(z.tuple([z.number().positive(), z.number().positive()])).min(6),
    /** Peak by the fit; null where κ is 0, or the peak lies below one request in flight. */
    peak: z.strictObject({ inFlight: z.number().positive(), perSecond: z.number().positive() }).nullable(),
    /** Share of the variance of X that the fit explains. */
    rSquared: z.number(),
    /** Where not to trust it: the peak outside what was tested, λ* above it. */
    warnings: z.array(z.string()),
  }),
  z.strictObject({ kind: z.literal('not-fitted'), reason: z.string() }),
]);

export type Usl = z.infer<typeof uslSchema>;
