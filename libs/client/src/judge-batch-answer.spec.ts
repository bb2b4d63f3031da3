import type { Answer } from './answer.ts';
import { judgeBatchAnswer } from './judge-batch-answer.ts';

const answered = (status: number, body: unknown): Extract<Answer, { kind: 'answered' }> => ({
  kind: 'answered',
  status,
  body,
  errorType: null,
  retryAfterMs: 1_000,
});

describe('judgeBatchAnswer', () => {
  it('judges each entry by its own outcome, in their order', () => {
    const outcomes = [
      { status: 'accepted' },
      { status: 'conflict' },
      { status: 'unavailable' },
      { status: 'failed' },
    ];
    expect(judgeBatchAnswer(answered(207, { outcomes }), 4)).toMatchObject([
      { next: 'done' },
      { next: 'give-up', reason: 'conflict' },
      { next: 'retry', reason: 'unavailable', mayBeStored: true, retryAfterMs: 1_000 },
      { next: 'retry', reason: 'failed', mayBeStored: true },
    ]);
  });

  it('tells issues as the entry has them, not the batch', () => {
    const issues = [
      { path: '$.entries[1].attributes.tags[3]', message: 'is NaN' },
      { path: '$.entries[1]', message: 'is an array' },
      { path: '$.entries[10]', message: 'of another' },
    ];
    const outcomes = [{ status: 'accepted' }, { status: 'invalid', issues }, { status: 'too-large' }];
    const [, invalid, tooLarge] = judgeBatchAnswer(answered(207, { outcomes }), 3);
    expect(invalid).toMatchObject({
      next: 'refuse',
      reason: 'invalid',
      issues: [
        { path: '$.attributes.tags[3]', message: 'is NaN' },
        { path: '$', message: 'is an array' },
        { path: '$.entries[10]', message: 'of another' },
      ],
    });
    expect(tooLarge).toMatchObject({ next: 'refuse', reason: 'too-large', issues: [] });
  });

  it.each([
    ['one outcome less than entries', 200, { outcomes: [{ status: 'accepted' }] }],
    ['one more', 200, { outcomes: new Array(3).fill({ status: 'accepted' }) }],
    ['the answer to one entry', 200, { message: 'Successfully inserted data!' }],
    ['an outcome nobody knows', 207, { outcomes: [{ status: 'accepted' }, { status: 'perhaps' }] }],
    ['no JSON', 207, undefined],
  ])('believes nothing of an answer with %s', (_name, status, body) => {
    const verdict = { next: 'give-up', reason: 'rejected', mayBeStored: true };
    expect(judgeBatchAnswer(answered(status, body), 2)).toMatchObject([verdict, verdict]);
  });

  it.each([
    [429, { next: 'retry', reason: 'throttled', mayBeStored: false }],
    [503, { next: 'retry', reason: 'unavailable', mayBeStored: true }],
    [502, { next: 'retry', reason: 'failed' }],
    [403, { next: 'give-up', reason: 'forbidden' }],
    [400, { next: 'give-up', reason: 'rejected' }],
    [409, { next: 'give-up', reason: 'rejected' }],
  ])('takes %i for all entries, where it is no answer to each', (status, verdict) => {
    expect(judgeBatchAnswer(answered(status, { message: 'words' }), 2)).toMatchObject([verdict, verdict]);
  });

  it('has a batch that is too large cut, and an entry alone called too large', () => {
    const tooLarge = answered(413, { message: 'Request Too Long' });
    expect(judgeBatchAnswer(tooLarge, 2)).toEqual([{ next: 'split' }, { next: 'split' }]);
    expect(judgeBatchAnswer(tooLarge, 1)).toMatchObject([{ next: 'give-up', reason: 'rejected' }]);
  });
});
