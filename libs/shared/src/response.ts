/** One reason why an entry was refused. */
export interface Issue {
  /** JSONPath into the body, such as `$.attributes.tags[3]`. */
  readonly path: string;
  /** For a human; may change. */
  readonly message: string;
}

/** Body of a 200: the entry is stored, now or by an earlier request with the same content. */
export interface AcceptedResponse {
  readonly message: typeof ACCEPTED_MESSAGE;
}

/** Body of every answer of the service that is neither a 200 nor a `BatchResponse`. */
export interface ProblemResponse {
  readonly message: string;
  /** With 400 and 413: what to change. */
  readonly issues?: readonly Issue[];
}

export const ACCEPTED_MESSAGE = 'Successfully inserted data!';

/**
 * What each status of the service means to a client. The gateway in front of it answers 403, 413, 429, 502 and
 * 504 on its own.
 */
export const responseStatuses = {
  /** Stored; safe to repeat. */
  accepted: 200,
  /** Of a batch: some entries are stored, some are not; the outcomes say which. */
  partial: 207,
  /** Not an entry, or not a batch; a repeat gets the same answer. */
  invalid: 400,
  /** No such route. */
  notFound: 404,
  /** Another entry has this id; nothing was changed. */
  conflict: 409,
  /** More bytes than an item, or a batch, may have. */
  tooLarge: 413,
  /** A defect of the service. */
  failed: 500,
  /** Nothing is known to be stored; repeat after `Retry-After` seconds. */
  unavailable: 503,
} as const;
