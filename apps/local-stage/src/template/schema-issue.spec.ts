import * as z from 'zod';
import { describeIssue } from './schema-issue.ts';

const schema = z.looseObject({
  Timeout: z.coerce.number().int().min(1).max(900).optional(),
  Mode: z.enum(['Text', 'JSON']).optional(),
  Deep: z.array(z.looseObject({ Flag: z.union([z.boolean(), z.stringbool()]) })).optional(),
});

const issueOf = (value: unknown): string => describeIssue(schema.safeParse(value).error?.issues[0], value);

describe('describeIssue', () => {
  it.each<[string, unknown, string]>([
    ['text for a number', { Timeout: 'abc' }, "found 'abc', want number"],
    ['a fraction for an integer', { Timeout: 1.5 }, 'found 1.5, want int'],
    ['too much', { Timeout: '901' }, "found '901', want ≤ 900"],
    ['too little', { Timeout: 0 }, 'found 0, want ≥ 1'],
    ['another choice', { Mode: 'XML' }, "found 'XML', want one of Text, JSON"],
    ['a value deep inside', { Deep: [{ Flag: 'maybe' }] }, "found 'maybe', want another type"],
    ['nothing', { Deep: [{}] }, 'found nothing, want another type'],
  ])('shows %s as it was found', (_case, value, message) => {
    expect(issueOf(value)).toBe(message);
  });

  it('cuts what is long', () => {
    expect(issueOf({ Mode: 'x'.repeat(500) })).toMatch(/^found 'x{79}…, want one of/);
  });
});
