import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { GetAccountSettingsCommand } from '@aws-sdk/client-lambda';
import { GetServiceQuotaCommand } from '@aws-sdk/client-service-quotas';
import type { Measurements } from '@spillway/throttle';
import type { StageConnection } from './stage-connection.ts';

/** API Gateway's "Throttle rate" quota, requests/s. */
const THROTTLE_RATE_QUOTA = { ServiceCode: 'apigateway', QuotaCode: 'L-8A5B8E43' };

/** The bucket that AWS gives with a rate quota: 5,000 for 10,000/s, and in the same proportion below (F2). */
const BURST_PER_RATE = 0.5;

/** What an on-demand table starts with, write units/s, where it reports no warm throughput (F40). */
const ON_DEMAND_START_WRITE_UNITS = 4_000;

/**
 * What the account allows this stage.
 * @param ownReservedConcurrency the function's own reservation, which is not somebody else's
 */
export async function readQuotas(
  stage: StageConnection,
  ownReservedConcurrency: number,
): Promise<Measurements['quotas']> {
  const [rate, account, table] = await Promise.all([
    stage.serviceQuotas.send(new GetServiceQuotaCommand(THROTTLE_RATE_QUOTA)),
    stage.lambda.send(new GetAccountSettingsCommand({})),
    stage.dynamoDb.send(new DescribeTableCommand({ TableName: stage.tableName })),
  ]);
  const accountRatePerSecond = required(rate.Quota?.Value, 'API Gateway throttle rate');
  const accountConcurrency = required(
    account.AccountLimit?.ConcurrentExecutions,
    'Lambda concurrent executions',
  );
  const unreserved = required(
    account.AccountLimit?.UnreservedConcurrentExecutions,
    'Lambda unreserved concurrency',
  );
  return {
    accountConcurrency,
    otherReservedConcurrency: Math.max(0, accountConcurrency - unreserved - ownReservedConcurrency),
    accountRatePerSecond,
    accountBurst: Math.floor(accountRatePerSecond * BURST_PER_RATE),
    tableWriteUnitsPerSecond: table.Table?.WarmThroughput?.WriteUnitsPerSecond ?? ON_DEMAND_START_WRITE_UNITS,
  };
}

/** A quota that the account's services did not tell. */
export class QuotaUnreadableError extends Error {
  readonly code = 'QUOTA_UNREADABLE';
  readonly quota: string;

  constructor(quota: string) {
    super(`quota "${quota}": found none, want a number; check the permissions of the caller's role`);
    this.name = 'QuotaUnreadableError';
    this.quota = quota;
  }
}

function required(value: number | undefined, quota: string): number {
  if (value === undefined) throw new QuotaUnreadableError(quota);
  return value;
}
