import type { AccountReadings, WarmTable } from './account-readings.ts';
import { warmTableCheck } from './check-table.ts';
import type { DeploymentNeeds } from './deployment-needs.ts';

function judge(asked: number | undefined, table: WarmTable | null) {
  const needs = { stage: 'dev', warmWriteUnitsPerSecond: asked } as DeploymentNeeds;
  return warmTableCheck(needs, { warmTable: { ok: true, value: table } } as AccountReadings);
}

describe('warmTableCheck', () => {
  it.each<[string, number | undefined, WarmTable | null, string]>([
    ['a table that is new', 9000, null, 'fits'],
    ['a request for nothing', undefined, { takesPerSecond: 9000, declaredPerSecond: 9000 }, 'fits'],
    ['as much as it takes', 9000, { takesPerSecond: 9000, declaredPerSecond: undefined }, 'fits'],
    ['a unit less', 8999, { takesPerSecond: 9000, declaredPerSecond: undefined }, 'breach'],
    ['less than before', 8000, { takesPerSecond: 9000, declaredPerSecond: 9000 }, 'breach'],
    [
      'what it was deployed with and outgrew',
      8000,
      { takesPerSecond: 9000, declaredPerSecond: 8000 },
      'fits',
    ],
  ])('judges %s', (_what, asked, table, verdict) => {
    expect(judge(asked, table).verdict).toBe(verdict);
  });

  it('says what to write down, so that the deployment goes through', () => {
    expect(judge(8000, { takesPerSecond: 9000, declaredPerSecond: undefined })).toMatchObject({
      found: '8,000 write units/s asked for',
      wanted: 'at least the 9,000 that the table takes, which AWS never lowers (F47)',
      next: 'say "warmWriteUnitsPerSecond": 9000 of stage dev in config/stages.json',
    });
  });

  it('does not know what could not be read, but where nothing is asked for', () => {
    const warmTable = { ok: false, reason: 'not readable', next: 'ask' } as const;
    const verdictOf = (asked?: number) =>
      warmTableCheck({ warmWriteUnitsPerSecond: asked } as DeploymentNeeds, { warmTable } as AccountReadings)
        .verdict;
    expect([verdictOf(5000), verdictOf()]).toEqual(['unknown', 'fits']);
  });
});
