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
    expect(sliceElements(text, elements.length)).toEqual(elements);
  });

  it.each([
    ['twice', '{"a":[1],"a":[2]}'],
    ['with white space around', '{"a":[1] , "a":[2]}'],
    ['in another spelling', '{"\\u0061":[1],"a":[2]}'],
    ['first as something else', '{"a":1,"a":[2]}'],
    ['first as a text that looks like an array', '{"a":"[1]","a":[2]}'],
    ['first as nothing', '{"a":null,"a":[]}'],
    ['first with more elements, which are not looked at', `{"a":[1,${'['.repeat(10)},"a":[2]}`],
  ])('notices a name given %s', (_name, text) => {
    expect(sliceElements(text, 1)).toBeUndefined();
  });

  it('cuts whatever JSON.stringify printed', () => {
    const space = fc.constantFrom('', ' ', '\n\t\r');
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue()),
        fc.string(),
        fc.constantFrom(0, 2),
        space,
        (values, name, indent, gap) => {
          const texts = values.map((value) => JSON.stringify(value, null, indent));
          const elements = texts.map((text) => `${gap}${text}${gap}`).join();
          expect(sliceElements(`{${JSON.stringify(name)}:[${elements}]}`, texts.length)).toEqual(texts);
        },
      ),
    );
  });

  it('is linear in the length of the text', () => {
    // A quadratic scan of a million elements, or of as many backslashes, would outlast any test.
    expect(sliceElements(`{"a":[${'1,'.repeat(1_000_000)}1]}`, 1_000_001)).toHaveLength(1_000_001);
    expect(
      sliceElements(
        `{"a":["${'\\\\'.repeat(500_000)}",${'[{"b":'.repeat(300_000)}1${'}]'.repeat(300_000)}]}`,
        2,
      ),
    ).toHaveLength(2);
  });
});
