import { responseStatuses } from '@spillway/shared';

/** A client that parses nothing should not carry a parser. */
export const isWorthRepeating = (status: number) => status === responseStatuses.unavailable;
