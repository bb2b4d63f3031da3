import { ArrivalLog } from './arrival-log.ts';

describe('ArrivalLog', () => {
  it('gives every instant from the first on, and stalls on the same clock', () => {
    const log = new ArrivalLog();
    log.add(100, 1);
    log.add(102, 2);
    expect(log.sinceFirst([{ startMs: 150, endMs: 160 }])).toEqual({
      arrivalsMs: Float64Array.of(0, 2, 2),
      stalls: [{ startMs: 50, endMs: 60 }],
    });
  });

  it('keeps more than it had room for', () => {
    const log = new ArrivalLog();
    for (let i = 0; i < 1_000; i += 1) log.add(i, 200);
    const { arrivalsMs } = log.sinceFirst([]);
    expect([arrivalsMs.length, arrivalsMs[199], arrivalsMs[200], arrivalsMs.at(-1)]).toEqual([
      200_000, 0, 1, 999,
    ]);
  });

  it('is empty where nothing came', () => {
    expect(new ArrivalLog().sinceFirst([]).arrivalsMs).toHaveLength(0);
  });
});
