import { controls, FUNCTION_ARN, refusalOf } from './__fixtures__/controls.ts';
import { listTags, tagResource, untagResource } from './answer-lambda-tags.ts';

describe('tagResource', () => {
  it('adds to what there is, and untagResource takes away what is named alone', () => {
    const stage = controls();
    expect(listTags(FUNCTION_ARN, stage)).toEqual({ Tags: {} });
    tagResource(
      FUNCTION_ARN,
      { Tags: { a: '1', 'spillway:lease': 'run=r1 until=2026-01-31T14:25:00Z' } },
      stage,
    );
    tagResource(FUNCTION_ARN, { Tags: { a: '2' } }, stage);
    expect(listTags(FUNCTION_ARN, stage)).toEqual({
      Tags: { a: '2', 'spillway:lease': 'run=r1 until=2026-01-31T14:25:00Z' },
    });
    untagResource(FUNCTION_ARN, ['a', 'never-set'], stage);
    expect(Object.keys((listTags(FUNCTION_ARN, stage) as { Tags: object }).Tags)).toEqual(['spillway:lease']);
  });

  it.each([
    ['a value of 256 characters', { a: 'v'.repeat(256) }, null],
    ['a value of 257', { a: 'v'.repeat(257) }, 'InvalidParameterValueException'],
    ['a key of 128', { ['k'.repeat(128)]: '' }, null],
    ['a key of 129', { ['k'.repeat(129)]: '' }, 'InvalidParameterValueException'],
    ['a comma', { a: '1,2' }, 'InvalidParameterValueException'],
  ])('takes or refuses %s as Lambda does', (_what, Tags, code) => {
    const stage = controls();
    const tag = () => tagResource(FUNCTION_ARN, { Tags }, stage);
    if (code === null) expect(tag()).toBeNull();
    else expect(refusalOf(tag).code).toBe(code);
  });

  it('knows no tags of a function that is not there', () => {
    const other = FUNCTION_ARN.replace(/f$/, 'g');
    expect(refusalOf(() => listTags(other, controls()))).toMatchObject({ statusCode: 404 });
  });
});
