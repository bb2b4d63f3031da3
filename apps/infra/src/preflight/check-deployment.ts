import { REQUESTS_PER_SECOND_PER_CONCURRENCY } from '../tenfold-rule.ts';
import type { AccountReadings, DeployedStack, Reading } from './account-readings.ts';
import { stackCheck } from './check-stack.ts';
import { tableQuotaCheck, warmTableCheck } from './check-table.ts';
import { check, figure, NOTHING_TO_READ } from './check.ts';
import type { Check } from './check.ts';
import type { DeploymentNeeds } from './deployment-needs.ts';

/** Execution environments that the reservations of an account must leave unreserved (F31). */
const UNRESERVED_CONCURRENCY = 100;

/** Execution environments that a function may start at once; more follow over the next seconds (F33). */
const ENVIRONMENTS_AT_ONCE = 1000;

/** What a client meets where Lambda refuses. */
const REFUSED = 'Lambda refuses the rest, whose clients get 503 from a REST API (F16)';

/**
 * What a deployment would breach, rule by rule, in the order of a request's way.
 * @param wantedAccount what `config/stages.json` says; undefined where the stage goes wherever the credentials point
 */
export function checkDeployment(
  needs: DeploymentNeeds,
  account: AccountReadings,
  wantedAccount?: string,
): readonly Check[] {
  return [
    accountCheck(account.accountId, wantedAccount),
    stackCheck(account.stack),
    check('rate', account.requestsPerSecond, (quota) => ({
      fits: needs.requestsPerSecond <= quota,
      found: `${figure(needs.requestsPerSecond)} requests/s of both routes`,
      wanted: `at most the account's ${figure(quota)} requests/s, which all its APIs share (F2)`,
      next: 'ask Service Quotas for a higher API Gateway throttle rate, or lower rateLimit',
    })),
    check('burst', account.burstRequests, (quota) => ({
      fits: needs.burstRequests <= quota,
      found: `${figure(needs.burstRequests)} requests of both routes`,
      wanted: `at most the account's bucket of ${figure(quota)} requests (F2)`,
      next: 'ask for a higher throttle rate, from which AWS sets the bucket, or lower burstLimit',
    })),
    reservationCheck(needs, account),
    tenfoldCheck(needs),
    scalingCheck(needs),
    tableQuotaCheck(needs, account),
    warmTableCheck(needs, account),
    vpcCheck(account),
  ];
}

function accountCheck(found: string, wanted: string | undefined): Check {
  return check('account', NOTHING_TO_READ, () => ({
    fits: wanted === undefined || wanted === found,
    found,
    wanted: wanted ?? 'any: config/stages.json names none',
    next: `say --profile=<one of account ${wanted ?? found}>`,
  }));
}

function reservationCheck(needs: DeploymentNeeds, { concurrency, stack }: AccountReadings): Check {
  const reading: Reading<{ total: number; free: number }> = !concurrency.ok
    ? concurrency
    : !stack.ok
      ? stack
      : {
          ok: true,
          // What the stage itself has reserved so far is given back by the deployment that changes it.
          value: { total: concurrency.value.total, free: concurrency.value.unreserved + ownOf(stack.value) },
        };
  return check('reservation', reading, ({ total, free }) => ({
    fits: free - needs.reservedConcurrency >= UNRESERVED_CONCURRENCY,
    found: `${figure(needs.reservedConcurrency)} of the account's ${figure(total)}, ${figure(total - free)} reserved by others: leaves ${figure(free - needs.reservedConcurrency)} unreserved`,
    wanted: `at least ${figure(UNRESERVED_CONCURRENCY)} unreserved (F31)`,
    next: 'ask Service Quotas for more concurrent executions of Lambda, or release the reservation of another function',
  }));
}

function ownOf(stack: DeployedStack | null): number {
  return stack?.reservedConcurrency ?? 0;
}

/** Concerns this function alone, and Lambda deploys it: the gateway lets through what Lambda will not take. */
function tenfoldCheck(needs: DeploymentNeeds): Check {
  const most = needs.reservedConcurrency * REQUESTS_PER_SECOND_PER_CONCURRENCY;
  const limits = needs.limitsAreMeasured
    ? 'measure the stage again'
    : 'these limits are placeholders; measure them';
  return check('10× rule', NOTHING_TO_READ, () => ({
    fits: needs.requestsPerSecond <= most,
    found: `${figure(needs.requestsPerSecond)} requests/s on a reserved concurrency of ${figure(needs.reservedConcurrency)}`,
    wanted: `at most ${figure(most)} requests/s, 10 for each unit of concurrency (F32)`,
    outcome: REFUSED,
    next: `${limits}: npx nx run loadtest --stage=${needs.stage}`,
  }));
}

function scalingCheck({ burstRequests, reservedConcurrency, limits }: DeploymentNeeds): Check {
  const environments = Math.min(burstRequests, reservedConcurrency);
  return check('scaling', NOTHING_TO_READ, () => ({
    fits: environments <= ENVIRONMENTS_AT_ONCE,
    found: `${figure(environments)} execution environments for a burst from idle`,
    wanted: `at most ${figure(ENVIRONMENTS_AT_ONCE)} at once (F33)`,
    outcome: REFUSED,
    next: `lower burstLimit from ${figure(limits.burstLimit)}`,
  }));
}

/** A stage that has its VPC keeps it; any other takes one. */
function vpcCheck({ stack, vpcs }: AccountReadings): Check {
  // Where nobody knows, a new one is the harder case; the stack itself is `unknown` then.
  const takesOne = !stack.ok || stack.value?.hasVpc !== true;
  return check('VPCs', vpcs, ({ used, quota }) => ({
    fits: !takesOne || used < quota,
    found: `${figure(used)} in this Region${takesOne ? ', and one more' : ', the stage’s own among them'}`,
    wanted: `at most ${figure(quota)}`,
    next: 'ask Service Quotas for more VPCs per Region, or delete one',
  }));
}
