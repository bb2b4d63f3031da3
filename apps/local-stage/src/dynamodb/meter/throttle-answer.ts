import { errorAnswer, type TableAnswer } from '../table-answer.ts';
import type { Access, LimitType } from './access-capacity.ts';
import type { TableThroughput } from '../../template/table-throughput.ts';

/** What AWS says of an on-demand table, as clients have published it. */
const ON_DEMAND_MESSAGE =
  'Throughput exceeds the current capacity of your table or index. DynamoDB is automatically scaling your table or ' +
  'index so please try again shortly. If exceptions persist, check if you have a hot key: ' +
  'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html';
const MAXIMUM_MESSAGE = 'Throughput exceeds the maximum OnDemandThroughput configured on table or index';
const PROVISIONED_MESSAGE =
  'The level of configured provisioned throughput for the table was exceeded. ' +
  'Consider increasing your provisioning level with the UpdateTable API.';

/** Why a part of a call was refused. */
export interface Refusal {
  readonly tableArn: string;
  readonly billingMode: TableThroughput['billingMode'];
  readonly access: Access;
  readonly limitType: LimitType;
}

/** F44: a provisioned table refuses with another exception than one on demand; both are HTTP 400. */
export function throttleAnswer(refusal: Refusal): TableAnswer {
  const reason = {
    reason: `Table${refusal.access === 'write' ? 'Write' : 'Read'}${refusal.limitType}`,
    resource: refusal.tableArn,
  };
  return refusal.billingMode === 'PROVISIONED'
    ? errorAnswer(400, 'ProvisionedThroughputExceededException', PROVISIONED_MESSAGE, {
        ThrottlingReasons: [reason],
      })
    : errorAnswer(400, 'ThrottlingException', messageOf(refusal), { throttlingReasons: [reason] });
}

/**
 * A transaction is refused as a whole, with a reason for each of its items, in their order.
 * @param refusals null where the item alone would have been admitted
 */
export function canceledAnswer(refusals: readonly (Refusal | null)[]): TableAnswer {
  const reasons = refusals.map((refusal) =>
    refusal
      ? {
          Code: refusal.billingMode === 'PROVISIONED' ? 'ProvisionedThroughputExceeded' : 'ThrottlingError',
          Message: messageOf(refusal),
        }
      : { Code: 'None' },
  );
  return errorAnswer(
    400,
    'TransactionCanceledException',
    'Transaction cancelled, please refer cancellation reasons for specific reasons ' +
      `[${reasons.map(({ Code }) => Code).join(', ')}]`,
    { CancellationReasons: reasons },
  );
}

function messageOf({ billingMode, limitType }: Refusal): string {
  if (billingMode === 'PROVISIONED') return PROVISIONED_MESSAGE;
  return limitType === 'MaxOnDemandThroughputExceeded' ? MAXIMUM_MESSAGE : ON_DEMAND_MESSAGE;
}
