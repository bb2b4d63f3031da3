import type { MemorySweep, PayloadSweep } from '@spillway/capacity';
import { describeMemorySweep, describePayloadSweep } from './describe-sweeps.ts';

const point: PayloadSweep['points'][number] = {
  payloadBytes: 4096,
  itemBytes: 4110,
  writeUnits: 5,
  measuredWriteUnits: null,
  lowerPerSecond: 812,
  upperPerSecond: 930.4,
  latencyMs: { p50: 3, p99: 41.2 },
};

const memory: MemorySweep = {
  ratePerSecond: 700,
  points: [
    {
      ...{ memorySize: 512, p99Ms: 30, p99UpperMs: 38.4, durationMeanMs: 3.21, usdPerMillion: 0.2214 },
      meetsTarget: true,
    },
    {
      ...{ memorySize: 1024, p99Ms: null, p99UpperMs: null, durationMeanMs: null, usdPerMillion: null },
      meetsTarget: false,
    },
  ],
  chosenMemorySize: 512,
  reasons: ['512 MB is the cheapest'],
};

describe('describePayloadSweep', () => {
  it('has a line for each size, with units by rule and as the table counted them', () => {
    const measured = { ...point, payloadBytes: 16_384, measuredWriteUnits: 17, writeUnits: 17 };
    expect(describePayloadSweep({ points: [point, measured], reasons: ['65536 B was not measured'] })).toBe(
      [
        'Rate against size',
        '     4096 B  [812, 930] requests/s           5 write units  p99 41 ms',
        '    16384 B  [812, 930] requests/s           17 write units, 17.00 measured  p99 41 ms',
        '  65536 B was not measured',
      ].join('\n'),
    );
  });

  it('says where an end of a bracket was not found', () => {
    const open = { ...point, lowerPerSecond: null, upperPerSecond: null, latencyMs: null };
    expect(describePayloadSweep({ points: [open], reasons: [] })).toContain(
      '[not found, not found] requests/s',
    );
  });
});

describe('describeMemorySweep', () => {
  it('says which sizes meet the SLO and for how much, and what is not known', () => {
    expect(describeMemorySweep(memory, 512)).toBe(
      [
        'Memory',
        '  ✓   512 MB  p99 ≤ 38 ms  mean duration 3.2 ms  $0.22 per million for Lambda',
        '  ✗  1024 MB  p99 without a bound',
        '  512 MB is the cheapest',
      ].join('\n'),
    );
  });

  it('asks for another measurement where another size is chosen than the one deployed', () => {
    expect(describeMemorySweep(memory, 1024)).toMatch(
      /the limits above hold for 1024 MB: to have 512 MB, deploy it and measure again$/,
    );
    expect(describeMemorySweep(memory, null)).not.toMatch(/deploy it/);
    expect(describeMemorySweep({ ...memory, chosenMemorySize: null }, 1024)).not.toMatch(/deploy it/);
  });
});
