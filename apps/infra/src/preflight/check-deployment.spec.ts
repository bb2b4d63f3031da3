import type { AccountReadings, DeployedStack } from './account-readings.ts';
import { checkDeployment } from './check-deployment.ts';
import type { DeploymentNeeds } from './deployment-needs.ts';

const needs: DeploymentNeeds = {
  stage: 'dev',
  requestsPerSecond: 1000,
  burstRequests: 220,
  reservedConcurrency: 100,
  writeUnitsPerSecond: 1100,
  warmWriteUnitsPerSecond: undefined,
  limits: {
    rateLimit: 999,
    burstLimit: 200,
    reservedConcurrency: 100,
    memorySize: 1024,
    timeoutSeconds: 4,
  },
  limitsAreMeasured: true,
};
const account: AccountReadings = {
  accountId: '123456789012',
  region: 'eu-west-1',
  stack: { ok: true, value: null },
  requestsPerSecond: { ok: true, value: 10_000 },
  burstRequests: { ok: true, value: 5000 },
  concurrency: { ok: true, value: { total: 1000, unreserved: 1000 } },
  tableWriteUnitsPerSecond: { ok: true, value: 40_000 },
  warmTable: { ok: true, value: null },
  vpcs: { ok: true, value: { used: 1, quota: 5 } },
};
const deployed: DeployedStack = {
  status: 'UPDATE_COMPLETE',
  isProtected: false,
  hasVpc: true,
  reservedConcurrency: 100,
  tableName: 'entries',
};
const read = <Value>(value: Value) => ({ ok: true, value }) as const;

/** Names of the checks with that verdict. */
function named(verdict: string, ...given: Parameters<typeof checkDeployment>): string[] {
  return checkDeployment(...given)
    .filter((check) => check.verdict === verdict)
    .map(({ name }) => name);
}

describe('checkDeployment', () => {
  it('finds nothing where everything fits', () => {
    expect(new Set(checkDeployment(needs, account).map(({ verdict }) => verdict))).toEqual(new Set(['fits']));
  });

  it.each<[string, Partial<DeploymentNeeds>, Partial<DeploymentNeeds>]>([
    ['rate', { requestsPerSecond: 10_000 }, { requestsPerSecond: 10_001 }],
    ['burst', { burstRequests: 5000 }, { burstRequests: 5001 }],
    ['reservation', { reservedConcurrency: 900 }, { reservedConcurrency: 901 }],
    ['table', { writeUnitsPerSecond: 40_000 }, { writeUnitsPerSecond: 40_001 }],
    ['table', { warmWriteUnitsPerSecond: 40_000 }, { warmWriteUnitsPerSecond: 40_001 }],
  ])('draws the line of %s at the account’s own number', (name, last, first) => {
    expect(named('breach', { ...needs, ...last }, account)).toEqual([]);
    expect(named('breach', { ...needs, ...first }, account)).toEqual([name]);
  });

  it('warns of a rate that Lambda would not take from this function alone, and breaches nothing', () => {
    expect(named('warning', { ...needs, requestsPerSecond: 1000 }, account)).toEqual([]);
    const checks = checkDeployment({ ...needs, requestsPerSecond: 1000.1 }, account);
    expect(checks.filter(({ verdict }) => verdict !== 'fits')).toEqual([
      expect.objectContaining({
        name: '10× rule',
        verdict: 'warning',
        outcome: expect.stringMatching(/^Lambda refuses the rest.*503/) as string,
      }),
    ]);
  });

  it('warns of the environments that a burst needs at once, which neither limit alone decides', () => {
    const large = { ...account, concurrency: read({ total: 9000, unreserved: 9000 }) };
    const both = { ...needs, burstRequests: 1001, reservedConcurrency: 1001 };
    expect(named('warning', both, large)).toEqual(['scaling']);
    expect(named('warning', { ...both, burstRequests: 1000 }, large)).toEqual([]);
    expect(named('warning', { ...both, reservedConcurrency: 1000 }, large)).toEqual([]);
    expect(named('breach', both, large)).toEqual([]);
  });

  it('counts what others reserved against the stage, and what it reserved itself for it', () => {
    const concurrency = read({ total: 1000, unreserved: 199 });
    expect(named('breach', needs, { ...account, concurrency })).toEqual(['reservation']);
    const stack = read({ ...deployed, reservedConcurrency: 1 });
    expect(named('breach', needs, { ...account, concurrency, stack })).toEqual([]);
  });

  it.each([
    [undefined, 'fits'],
    ['123456789012', 'fits'],
    ['210987654321', 'breach'],
  ])('judges the account where the stage wants %s: %s', (wanted, verdict) => {
    expect(checkDeployment(needs, account, wanted)[0]).toMatchObject({ name: 'account', verdict });
  });

  it('counts a VPC for a stage that has none', () => {
    const full = { ...account, vpcs: read({ used: 5, quota: 5 }) };
    expect(named('breach', needs, full)).toEqual(['VPCs']);
    expect(named('breach', needs, { ...full, stack: read(deployed) })).toEqual([]);
    const failed = read({ ...deployed, status: 'ROLLBACK_COMPLETE', hasVpc: false });
    expect(named('breach', needs, { ...full, stack: failed })).toEqual(['VPCs']);
  });

  it('never takes what could not be read for a pass', () => {
    const unread = { ok: false, reason: 'not readable (AccessDenied)', next: 'ask' } as const;
    const silent = { ...account, concurrency: unread, vpcs: unread, stack: unread, warmTable: unread };
    const asking = { ...needs, warmWriteUnitsPerSecond: 5000 };
    expect(named('unknown', asking, silent)).toEqual(['stack', 'reservation', 'warm table', 'VPCs']);
    expect(named('breach', needs, silent)).toEqual([]);
  });

  it.each([
    [true, /^measure the stage again: .* --stage=dev$/],
    [false, /placeholders; .* --stage=dev$/],
  ])('says what to do about limits that do not fit (measured: %s)', (limitsAreMeasured, next) => {
    const checks = checkDeployment({ ...needs, limitsAreMeasured, requestsPerSecond: 1001 }, account);
    expect(checks.find(({ name }) => name === '10× rule')?.next).toMatch(next);
  });
});
