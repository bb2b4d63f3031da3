import { auditJobs } from './audit.ts';

const jobs = [
  { idPrefix: 'a.', tally: { sent: 3, notServed: [1] } },
  { idPrefix: 'b.', tally: { sent: 1, notServed: [] } },
];

describe('auditJobs', () => {
  it.each([
    ['all is well', ['a.0', 'a.2', 'b.0'], [3, 0, 0, 0]],
    ['an acknowledged entry is missing', ['a.0', 'b.0'], [3, 1, 0, 0]],
    ['a refused one is stored', ['a.0', 'a.1', 'a.2', 'b.0'], [3, 0, 1, 0]],
    ['one is stored that nobody sent', ['a.0', 'a.2', 'a.3', 'b.0'], [3, 0, 0, 1]],
    ['a loss and a stored refusal would make up the count', ['a.0', 'a.1', 'b.0'], [3, 1, 1, 0]],
  ])('sees that %s', (_what, stored, [acknowledged, lost, storedUnacknowledged, neverSent]) => {
    expect(auditJobs(jobs, new Set(stored))).toEqual({ acknowledged, lost, storedUnacknowledged, neverSent });
  });
});
