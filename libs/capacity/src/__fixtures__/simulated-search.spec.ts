import { readFileSync } from 'node:fs';
import path from 'node:path';
import { profiles } from './simulated-search.ts';
import { stepRecord, targets } from './simulated-stage.ts';

/** What the load test ships with. */
const shipped = JSON.parse(
  readFileSync(path.join(import.meta.dirname, '../../../../apps/loadtest/slo.json'), 'utf8'),
) as {
  readonly targets: unknown;
  readonly payloadBytes: unknown;
  readonly horizonMs: unknown;
  readonly profiles: Readonly<Record<string, object>>;
};

describe('targets', () => {
  it("are those of slo.json, and so are a step's payload and horizon", () => {
    expect(targets).toEqual(shipped.targets);
    const { payloadBytes, horizonMs } = stepRecord();
    expect({ payloadBytes, horizonMs }).toEqual({
      payloadBytes: shipped.payloadBytes,
      horizonMs: shipped.horizonMs,
    });
  });
});

describe('profiles', () => {
  it.each(['quick', 'full'] as const)('are those of slo.json, Poisson arrivals as well: %s', (name) => {
    const shippedSearch = { ...shipped.profiles[name], targets: shipped.targets };
    expect(shippedSearch).toMatchObject({ ...profiles[name], arrivals: 'poisson' });
  });
});
