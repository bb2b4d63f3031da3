import type { AccountReadings, DeployedStack, Reading } from './account-readings.ts';
import type { DeploymentNeeds } from './deployment-needs.ts';

/** One rule of AWS, held against what a deployment needs. `unknown`: the account did not say. */
export interface Check {
  readonly name: string;
  readonly verdict: 'fits' | 'breach' | 'unknown';
  readonly found: string;
  readonly wanted: string;
  /** What to do where it does not fit. */
  readonly next: string;
}

/** Execution environments that the reservations of an account must leave unreserved (F31). */
const UNRESERVED_CONCURRENCY = 100;

/** Requests/s a function may get for each unit of its concurrency, whatever the duration (F32). */
const REQUESTS_PER_SECOND_PER_CONCURRENCY = 10;

/** Execution environments that a function may start at once; more follow over the next seconds (F33). */
const ENVIRONMENTS_AT_ONCE = 1000;

/**
 * What a deployment would breach, rule by rule, in the order of a request's way.
 * @param wantedAccount what `config/stages.json` says; undefined where the stage goes wherever the credentials point
 */
export function checkDeployment(
  needs: DeploymentNeeds,
  account: AccountReadings,
  wantedAccount?: string,
): readonly Check[] {
  const { limits } = needs;
  const measureAgain = `${
    needs.limitsAreMeasured ? 'measure the stage again' : 'these limits are placeholders; measure them'
  }: npx nx run loadtest --stage=${needs.stage}`;
  return [
    accountCheck(account.accountId, wantedAccount),
    check('stack', account.stack, (stack) => ({
      fits: stack === null || !/_IN_PROGRESS$|ROLLBACK_FAILED$/.test(stack.status),
      found: stack === null ? 'not deployed yet' : stack.status,
      wanted: 'none, or one that can be updated',
      next: 'wait for it to settle, or continue its rollback in CloudFormation',
    })),
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
    check('10× rule', { ok: true, value: null }, () => ({
      fits: needs.requestsPerSecond <= needs.reservedConcurrency * REQUESTS_PER_SECOND_PER_CONCURRENCY,
      found: `${figure(needs.requestsPerSecond)} requests/s on a reserved concurrency of ${figure(needs.reservedConcurrency)}`,
      wanted: `at most ${figure(needs.reservedConcurrency * REQUESTS_PER_SECOND_PER_CONCURRENCY)} requests/s, 10 for each unit of concurrency (F32)`,
      next: measureAgain,
    })),
    check('scaling', { ok: true, value: null }, () => ({
      fits: Math.min(needs.burstRequests, needs.reservedConcurrency) <= ENVIRONMENTS_AT_ONCE,
      found: `${figure(Math.min(needs.burstRequests, needs.reservedConcurrency))} execution environments for a burst from idle`,
      wanted: `at most ${figure(ENVIRONMENTS_AT_ONCE)} at once (F33)`,
      next: `lower burstLimit from ${figure(limits.burstLimit)}`,
    })),
    check('table', account.tableWriteUnitsPerSecond, (quota) => ({
      fits: needs.writeUnitsPerSecond <= quota,
      found: `${figure(needs.writeUnitsPerSecond)} write units/s at the limits`,
      wanted: `at most the table quota of ${figure(quota)} write units/s (F42)`,
      next: "ask Service Quotas for a higher DynamoDB table-level write quota, or lower rateLimit or the stage's batchShare",
    })),
    vpcCheck(account),
  ];
}

function accountCheck(found: string, wanted: string | undefined): Check {
  return {
    name: 'account',
    verdict: wanted === undefined || wanted === found ? 'fits' : 'breach',
    found,
    wanted: wanted ?? 'any: config/stages.json names none',
    next: `say --profile=<one of account ${wanted ?? found}>`,
  };
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

/** A stage that is deployed has its VPC; only a new one takes another. */
function vpcCheck({ stack, vpcs }: AccountReadings): Check {
  const isNew = stack.ok && stack.value === null;
  return check('VPCs', vpcs, ({ used, quota }) => ({
    fits: !isNew || used < quota,
    found: `${figure(used)} in this Region${isNew ? ', and one more' : ', the stage’s own among them'}`,
    wanted: `at most ${figure(quota)}`,
    next: 'ask Service Quotas for more VPCs per Region, or delete one',
  }));
}

function check<Value>(
  name: string,
  reading: Reading<Value>,
  judge: (value: Value) => { fits: boolean; found: string; wanted: string; next: string },
): Check {
  if (!reading.ok) {
    return {
      name,
      verdict: 'unknown',
      found: reading.reason,
      wanted: 'an answer',
      next: "check the permissions of the caller's role",
    };
  }
  const { fits, ...words } = judge(reading.value);
  return { name, verdict: fits ? 'fits' : 'breach', ...words };
}

function figure(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 1 });
}
