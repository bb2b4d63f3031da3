import * as z from 'zod';
import { partitionOf } from '../template/intrinsics/partition.ts';
import { AwsError, unknownOperation } from './aws-error.ts';
import { parseInput } from './parse-input.ts';
import type { AccountQuotas, StageControls } from './stage-controls.ts';

/** Codes are the same in every Region and account. */
const QUOTAS: readonly {
  readonly service: string;
  readonly code: string;
  readonly name: string;
  readonly adjustable: boolean;
  readonly value: (quotas: AccountQuotas) => number;
}[] = [
  {
    service: 'lambda',
    code: 'L-B99A9384',
    name: 'Concurrent executions',
    adjustable: true,
    value: (quotas) => quotas.concurrency,
  },
  {
    service: 'apigateway',
    code: 'L-8A5B8E43',
    name: 'Throttle rate',
    adjustable: true,
    value: (quotas) => quotas.rateLimit,
  },
  {
    service: 'apigateway',
    code: 'L-CDF5615A',
    name: 'Throttle burst rate',
    // F2: AWS sets it from the rate.
    adjustable: false,
    value: (quotas) => quotas.burstLimit,
  },
];

const getServiceQuotaSchema = z.looseObject({ ServiceCode: z.string(), QuotaCode: z.string() });

/** Service Quotas' part: `GetServiceQuota` for the quotas that the local stage enforces. */
export function answerServiceQuotas(operation: string, input: unknown, controls: StageControls): unknown {
  if (operation !== 'GetServiceQuota') throw unknownOperation(`Service Quotas ${operation}`);
  const { ServiceCode, QuotaCode } = parseInput(getServiceQuotaSchema, input, 'IllegalArgumentException');
  const quota = QUOTAS.find(({ service, code }) => service === ServiceCode && code === QuotaCode);
  if (!quota) {
    throw new AwsError(
      'NoSuchResourceException',
      `the local stage has no quota ${QuotaCode} of ${ServiceCode}; it has ${QUOTAS.map((q) => q.code).join(', ')}`,
    );
  }
  return {
    Quota: {
      ServiceCode,
      QuotaCode,
      QuotaName: quota.name,
      QuotaArn: `arn:${partitionOf(controls.model.region).name}:servicequotas:${controls.model.region}:${controls.model.accountId}:${ServiceCode}/${QuotaCode}`,
      Value: quota.value(controls.quotas),
      Unit: 'None',
      Adjustable: quota.adjustable,
      GlobalQuota: false,
    },
  };
}
