import fc from 'fast-check';
import { sliceElements } from './json-elements.ts';

describe('sliceElements', () => {
  it.each<[string, string, string[]]>([
    ['none', '{"a":[]}', []],
    ['scalars', '{"a":[1,-2.5e+3,true,null,"x"]}', ['1', '-2.5e+3', 'true', 'null', '"x"']],
    ['white space', ' { "a"\t: [ 1 ,\r\n{ } , [ ] ] } \n', ['1', '{ }', '[ ]']],
    ['brackets, quotes and commas inside texts', '{"a":["],\\"}",{"b":"[{"}]}', ['"],\\"}"', '{"b":"[{"}']],
    ['a name with an escape', '{"\\u0061\\"":[1]}', ['1']],
    ['backslashes before a quote', '{"a":["\\\\","\\\\\\""]}', ['"\\\\"', '"\\\\\\""']],
    ['nested arrays', '{"a":[[1,[2]],[[]]]}', ['[1,[2]]', '[[]]']],
  ])('cuts %s', (_name, text, elements) => {
    expect(sliceElements(text)).toEqual(elements);
  });

  it.each([
    ['twice', '{"a":[1],"a":[2]}'],
    ['with white space around', '{"a":[1] , "a":[2]}'],
    ['in another spelling', '{"\\u0061":[1],"a":[2]}'],
    ['first as something else', '{"a":1,"a":[2]}'],
    ['first as a text that looks like an array', '{"a":"[1]","a":[2]}'],
    ['first as nothing', '{"a":null,"a":[]}'],
  ])('notices a name given %s', (_name, text) => {
    expect(sliceElements(text)).toBeUndefined();
  });

  it('cuts whatever JSON.stringify joined', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.string(), fc.constantFrom(0, 2), (values, name, indent) => {
        const text = JSON.stringify({ [name]: values }, null, indent);
        expect(sliceElements(text)?.map((element) => JSON.parse(element))).toEqual(
          JSON.parse(JSON.stringify(values)),
        );
      }),
    );
  });

  it('is linear in the length of the text', () => {
    // A quadratic scan of a million elements, or of as many backslashes, would outlast any test.
    expect(sliceElements(`{"a":[${'1,'.repeat(1_000_000)}1]}`)).toHaveLength(1_000_001);
    expect(
      sliceElements(
        `{"a":["${'\\\\'.repeat(500_000)}",${'[{"b":'.repeat(300_000)}1${'}]'.repeat(300_000)}]}`,
      ),
    ).toHaveLength(2);
  });
});
