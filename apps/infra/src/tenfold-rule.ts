/** Requests/s a function may get for each unit of its concurrency, whatever the duration (F32). */
export const REQUESTS_PER_SECOND_PER_CONCURRENCY = 10;
