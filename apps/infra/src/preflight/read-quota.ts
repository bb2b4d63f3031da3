import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  NoSuchResourceException,
} from '@aws-sdk/client-service-quotas';
import type { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';

/** A quota by its codes, which are the same in every Region and account. */
export interface QuotaCode {
  readonly ServiceCode: string;
  readonly QuotaCode: string;
}

/** The quota's value; AWS's default where none was ever applied to the account, which AWS answers with an error. */
export async function readQuota(client: ServiceQuotasClient, code: QuotaCode): Promise<number> {
  const { Quota } = await client.send(new GetServiceQuotaCommand(code)).catch((error: unknown) => {
    if (!(error instanceof NoSuchResourceException)) throw error;
    return client.send(new GetAWSDefaultServiceQuotaCommand(code));
  });
  if (Quota?.Value !== undefined) return Quota.Value;
  throw new Error(`Service Quotas gives no value of ${code.ServiceCode} ${code.QuotaCode}`);
}
