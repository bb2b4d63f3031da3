import { chooseCores, onGeneratorCore, parseCpuList } from './cores.ts';

describe('parseCpuList', () => {
  it.each([
    ['0', [0]],
    ['0-1', [0, 1]],
    ['0-2,8,10-11', [0, 1, 2, 8, 10, 11]],
    ['', []],
  ])('reads "%s"', (text, expected) => expect(parseCpuList(text)).toEqual(expected));
});

describe('chooseCores', () => {
  it('gives generator and server one each', () => {
    expect(chooseCores([2, 3, 7])).toEqual({ generator: 7, server: 2 });
  });

  it.each([[[]], [[4]]])('gives none where there are not two: %j', (allowed) => {
    expect(chooseCores(allowed)).toBeNull();
  });
});

describe('onGeneratorCore', () => {
  it('starts it as it is where nothing can be bound', () => {
    expect(onGeneratorCore(null)).toEqual([]);
    expect(onGeneratorCore({ generator: 3, server: 0 })).toEqual(['taskset', '--cpu-list', '3']);
  });
});
