import type { AccountReadings } from './account-readings.ts';
import { check, figure, NOTHING_TO_READ } from './check.ts';
import type { Check } from './check.ts';
import type { DeploymentNeeds } from './deployment-needs.ts';

/** Whether the table may be given what the limits need; DynamoDB refuses to warm one beyond its quota. */
export function tableQuotaCheck(needs: DeploymentNeeds, account: AccountReadings): Check {
  const units = Math.max(needs.writeUnitsPerSecond, needs.warmWriteUnitsPerSecond ?? 0);
  return check('table', account.tableWriteUnitsPerSecond, (quota) => ({
    fits: units <= quota,
    found: `${figure(units)} write units/s at the limits`,
    wanted: `at most the table quota of ${figure(quota)} write units/s (F42)`,
    next: "ask Service Quotas for a higher DynamoDB table-level write quota, or lower rateLimit or the stage's batchShare",
  }));
}

/**
 * Whether the deployment asks the table for less than it takes already, which DynamoDB refuses (F47). A table grows by
 * itself, too: what the deployed template asks for as well, CloudFormation does not ask for again, and a template that
 * no longer asks for anything leaves the table as it is; both are unverified.
 */
export function warmTableCheck(needs: DeploymentNeeds, account: AccountReadings): Check {
  const asked = needs.warmWriteUnitsPerSecond;
  const name = 'warm table';
  if (asked === undefined) {
    return check(name, NOTHING_TO_READ, () => ({
      fits: true,
      found: 'nothing asked for',
      wanted: 'no less than the table takes',
      next: '',
    }));
  }
  return check(name, account.warmTable, (table) => ({
    fits: table === null || asked >= table.takesPerSecond || asked === table.declaredPerSecond,
    found: `${figure(asked)} write units/s asked for${asked === table?.declaredPerSecond ? ', as deployed' : ''}`,
    wanted:
      table === null
        ? 'anything: the table is new'
        : `at least the ${figure(table.takesPerSecond)} that the table takes, which AWS never lowers (F47)`,
    next:
      table === null
        ? ''
        : `say "warmWriteUnitsPerSecond": ${table.takesPerSecond} of stage ${needs.stage} in config/stages.json`,
  }));
}
