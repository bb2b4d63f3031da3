import { parseKilobytes, parseStat, treeOf } from './proc-stat.ts';

const REST = '1 1 0 -1 4194560 100 0 0 0 25 5 3 2 20 0 1 0 100 1000 50';

describe('parseStat', () => {
  it.each([
    ['a plain name', `42 (node) S 7 ${REST}`],
    ['a name with brackets and blanks', `42 (a) R 1 (b)) S 7 ${REST}`],
  ])('adds up own and waited-for children behind %s', (_what, line) => {
    expect(parseStat(line)).toEqual({ pid: 42, parentPid: 7, cpuTicks: 35, endedChildrenTicks: 5 });
  });

  it.each(['', 'nothing', '42 (node) S'])('finds none in "%s"', (line) => {
    expect(parseStat(line)).toBeNull();
  });
});

describe('treeOf', () => {
  const processes = [
    { pid: 4, parentPid: 3, cpuTicks: 1, endedChildrenTicks: 0 },
    { pid: 3, parentPid: 2, cpuTicks: 1, endedChildrenTicks: 0 },
    { pid: 2, parentPid: 1, cpuTicks: 1, endedChildrenTicks: 0 },
    { pid: 9, parentPid: 1, cpuTicks: 1, endedChildrenTicks: 0 },
  ];

  it('holds the root and all that descend from it, whatever the order', () => {
    expect(treeOf(2, processes).map(({ pid }) => pid)).toEqual([4, 3, 2]);
  });

  it('is empty where the root is gone and has left nothing', () => {
    expect(treeOf(77, processes)).toEqual([]);
  });
});

describe('parseKilobytes', () => {
  it('reads the figure of that name in bytes', () => {
    expect(parseKilobytes('Rss:  20 kB\nPss:   12 kB\nPss_Dirty: 1 kB\n', 'Pss')).toBe(12_288);
    expect(parseKilobytes('', 'Pss')).toBeNull();
  });
});
