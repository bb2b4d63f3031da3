import { AccessDeniedException, NoSuchResourceException } from '@aws-sdk/client-service-quotas';
import type { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { readQuota } from './read-quota.ts';

const CODE = { ServiceCode: 'vpc', QuotaCode: 'L-F678F1CE' };
const refusal = { $metadata: {}, message: 'no' };

/** Service Quotas with these answers, by the name of the command. */
function quotas(answers: Readonly<Record<string, number | Error | undefined>>) {
  const asked: string[] = [];
  const send = (command: object) => {
    const { name } = command.constructor;
    asked.push(name);
    const answer = answers[name];
    if (answer instanceof Error) return Promise.reject(answer);
    return Promise.resolve({ Quota: { Value: answer } });
  };
  return { asked, client: { send } as unknown as ServiceQuotasClient };
}

describe('readQuota', () => {
  it('gives the value that the account has, and asks no further', async () => {
    const { client, asked } = quotas({ GetServiceQuotaCommand: 20 });
    await expect(readQuota(client, CODE)).resolves.toBe(20);
    expect(asked).toEqual(['GetServiceQuotaCommand']);
  });

  it('gives the default where none was ever applied', async () => {
    const { client } = quotas({
      GetServiceQuotaCommand: new NoSuchResourceException(refusal),
      GetAWSDefaultServiceQuotaCommand: 5,
    });
    await expect(readQuota(client, CODE)).resolves.toBe(5);
  });

  it('takes a refusal for no default', async () => {
    const { client, asked } = quotas({ GetServiceQuotaCommand: new AccessDeniedException(refusal) });
    await expect(readQuota(client, CODE)).rejects.toThrow(AccessDeniedException);
    expect(asked).toHaveLength(1);
  });

  it('throws where an answer has no value', async () => {
    await expect(readQuota(quotas({}).client, CODE)).rejects.toThrow(/no value of vpc L-F678F1CE/);
  });
});
