import { ApiKey, Period, UsagePlan } from 'aws-cdk-lib/aws-apigateway';
import type { Method, QuotaSettings, RestApi, UsagePlanPerApiStage } from 'aws-cdk-lib/aws-apigateway';
import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Client } from '../client-schema.ts';
import { batchLimits } from './batch-limits.ts';

const PERIODS = { day: Period.DAY, week: Period.WEEK, month: Period.MONTH };

export interface ClientPlansProps {
  readonly clients: readonly Client[];
  readonly api: RestApi;
  readonly batchMethod: Method;
  /** Share of a client's guaranteed rate that it may send by `POST /batch` on top, counted in entries. */
  readonly batchShare: number;
}

/**
 * A usage plan with one key for each client team. A plan's bucket binds before the stage's (F3): none that has one takes
 * what is guaranteed to another, and one without may. The key's value is made by AWS, and says who calls, not that they
 * may (F8).
 */
export class ClientPlans extends Construct {
  constructor(scope: Construct, id: string, props: ClientPlansProps) {
    super(scope, id);
    const { stackName } = Stack.of(this);
    for (const client of props.clients) {
      const name = `${stackName}-${client.name}`;
      const quota = quotaOf(client);
      const plan = new UsagePlan(this, `Plan-${client.name}`, { name, quota, ...throttled(client, props) });
      plan.addApiKey(new ApiKey(this, `Key-${client.name}`, { apiKeyName: name }));
    }
  }
}

/** A full batch counts as one request: a method throttle of its own (F9) keeps the plan's promise in entries. */
function throttled({ guaranteed }: Client, props: ClientPlansProps) {
  const stage: UsagePlanPerApiStage = { stage: props.api.deploymentStage };
  if (!guaranteed) return { apiStages: [stage] };
  const bucket = { rateLimit: guaranteed.ratePerSecond, burstLimit: guaranteed.burstRequests };
  const throttle = batchLimits(bucket, props.batchShare);
  return {
    throttle: bucket,
    apiStages: [{ ...stage, throttle: [{ method: props.batchMethod, throttle }] }],
  };
}

function quotaOf({ quota }: Client): QuotaSettings | undefined {
  return quota && { limit: quota.requests, period: PERIODS[quota.period] };
}
