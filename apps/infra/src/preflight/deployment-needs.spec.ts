import { stageConfiguration } from '../__fixtures__/configuration.ts';
import { deploymentNeeds } from './deployment-needs.ts';

const placeholder = stageConfiguration({ rateLimit: 1000, burstLimit: 200 }).throttle;
const measured = (itemBytes: number) =>
  ({ ...placeholder, evidence: { kind: 'measured', measurements: { itemBytes } } }) as typeof placeholder;

describe('deploymentNeeds', () => {
  it('adds the bucket of batches to that of single entries', () => {
    expect(deploymentNeeds({ batchShare: 0.1 }, placeholder)).toMatchObject({
      requestsPerSecond: 1001,
      burstRequests: 220,
      limitsAreMeasured: false,
    });
  });

  it('counts at least one batch in the burst', () => {
    expect(deploymentNeeds({ batchShare: 0.001 }, placeholder).burstRequests).toBe(201);
  });

  it.each([
    ['a placeholder, one unit an entry', placeholder, 1100],
    ['entries of 1,024 bytes', measured(1024), 1100],
    ['entries of 1,025 bytes', measured(1025), 2200],
  ])('counts the write units of all entries: %s', (_why, throttle, units) => {
    expect(deploymentNeeds({ batchShare: 0.1 }, throttle).writeUnitsPerSecond).toBe(units);
  });

  it('asks for a warm table where the limits need more than a new one takes', () => {
    const asked = (rateLimit: number) =>
      deploymentNeeds({ batchShare: 0.1 }, stageConfiguration({ rateLimit }).throttle)
        .warmWriteUnitsPerSecond;
    expect([asked(3600), asked(5000)]).toEqual([undefined, 5500]);
  });
});
