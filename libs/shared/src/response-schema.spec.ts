import { batchResponseSchema, problemResponseSchema } from './response-schema.ts';

describe('batchResponseSchema', () => {
  it.each([
    ['outcomes without issues', { outcomes: [{ status: 'accepted' }] }, true],
    [
      'outcomes with issues',
      { outcomes: [{ status: 'invalid', issues: [{ path: '$', message: 'm' }] }] },
      true,
    ],
    ['what a later service may add', { outcomes: [], took: 1 }, true],
    ['a status nobody knows', { outcomes: [{ status: 'lost' }] }, false],
    ['an issue without its path', { outcomes: [{ status: 'invalid', issues: [{ message: 'm' }] }] }, false],
    ['no outcomes', { message: 'm' }, false],
  ])('with %s', (_case, body, isAccepted) => {
    expect(batchResponseSchema.safeParse(body).success).toBe(isAccepted);
  });
});

describe('problemResponseSchema', () => {
  it.each([
    ["the gateway's", { message: 'Too Many Requests' }, true],
    ["the service's", { message: 'Invalid entry', issues: [{ path: '$.id', message: 'm' }] }, true],
    ['no message', { Message: 'm' }, false],
  ])('with %s', (_case, body, isAccepted) => {
    expect(problemResponseSchema.safeParse(body).success).toBe(isAccepted);
  });
});
