import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DescribeLimitsCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { AccountError } from './account-error.ts';
import type { AccountReadings } from './account-readings.ts';
import { readQuota } from './read-quota.ts';
import { readStack } from './read-stack.ts';
import { readWarmTable } from './read-warm-table.ts';
import { takeReading } from './take-reading.ts';

const QUOTAS = {
  requestsPerSecond: { ServiceCode: 'apigateway', QuotaCode: 'L-8A5B8E43' },
  burstRequests: { ServiceCode: 'apigateway', QuotaCode: 'L-CDF5615A' },
  vpcs: { ServiceCode: 'vpc', QuotaCode: 'L-F678F1CE' },
};

/** An answer takes tens of milliseconds; an address that swallows packets must not hold the command up. */
const CONNECTION_TIMEOUT_MS = 3000;
const REQUEST_TIMEOUT_MS = 5000;

export interface AccountAddress {
  /** Where the stage is pinned to; undefined leaves it to the profile and the environment. */
  readonly region: string | undefined;
  readonly profile: string | undefined;
  readonly stackName: string;
}

/**
 * Asks the account, reading only. What it won't tell comes back as a reading with the reason.
 * @throws AccountError where nobody can be asked at all
 */
export async function readAccount({ region, profile, stackName }: AccountAddress): Promise<AccountReadings> {
  const config = {
    ...(region === undefined ? {} : { region }),
    ...(profile === undefined ? {} : { profile }),
    maxAttempts: 2,
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
    },
  };
  const sts = new STSClient(config);
  const [usedRegion, identity] = await Promise.all([
    sts.config.region(),
    sts.send(new GetCallerIdentityCommand({})),
  ]).catch((cause: unknown) => {
    throw new AccountError(cause);
  });
  const lambda = new LambdaClient(config);
  const cloudFormation = new CloudFormationClient(config);
  const dynamoDb = new DynamoDBClient(config);
  const quotas = new ServiceQuotasClient(config);
  const stackRead = readStack(cloudFormation, lambda, stackName);
  const [stack, warmTable, requestsPerSecond, burstRequests, concurrency, tableWriteUnitsPerSecond, vpcs] =
    await Promise.all([
      takeReading(() => stackRead),
      takeReading(async () => {
        const tableName = (await stackRead)?.tableName;
        return tableName === undefined
          ? null
          : readWarmTable(dynamoDb, cloudFormation, { stackName, tableName });
      }),
      takeReading(() => readQuota(quotas, QUOTAS.requestsPerSecond)),
      takeReading(() => readQuota(quotas, QUOTAS.burstRequests)),
      takeReading(async () => {
        const { AccountLimit } = await lambda.send(new GetAccountSettingsCommand({}));
        return {
          total: required(AccountLimit?.ConcurrentExecutions),
          unreserved: required(AccountLimit?.UnreservedConcurrentExecutions),
        };
      }),
      takeReading(async () => {
        const limits = await dynamoDb.send(new DescribeLimitsCommand({}));
        return required(limits.TableMaxWriteCapacityUnits);
      }),
      takeReading(async () => ({
        used: required((await new EC2Client(config).send(new DescribeVpcsCommand({}))).Vpcs?.length),
        quota: await readQuota(quotas, QUOTAS.vpcs),
      })),
    ]);
  return {
    accountId: identity.Account ?? 'unknown',
    region: usedRegion,
    stack,
    requestsPerSecond,
    burstRequests,
    concurrency,
    tableWriteUnitsPerSecond,
    warmTable,
    vpcs,
  };
}

function required<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('the answer lacks the number');
  return value;
}
