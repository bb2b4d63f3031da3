import { contentOf, jsonAnswer, type TableAnswer } from '../table-answer.ts';
import type { Attributes, CallPart, MeteredCall } from './metered-call.ts';

type Batch = Readonly<Record<string, unknown>>;

/** What a batch of reads holds for one table beside its keys. */
interface KeysAndAttributes {
  readonly Keys: readonly unknown[];
}

/** Whether the call's parts are refused each on its own, as DynamoDB's batches are. */
export function isBatch({ operation }: MeteredCall): boolean {
  return operation === 'BatchWriteItem' || operation === 'BatchGetItem';
}

/** The batch with only those parts in it that `isKept` says. */
export function reducedBatch(call: MeteredCall, isKept: (part: CallPart) => boolean): Attributes {
  let index = 0;
  const keeps = () => isKept(call.parts[index++] as CallPart);
  const reduced: Record<string, unknown> = {};
  for (const [tableName, content] of Object.entries(call.input['RequestItems'] as Batch)) {
    if (Array.isArray(content)) {
      const requests = content.filter(keeps);
      if (requests.length > 0) reduced[tableName] = requests;
    } else {
      const { Keys, ...rest } = content as KeysAndAttributes;
      const keys = Keys.filter(keeps);
      if (keys.length > 0) reduced[tableName] = { ...rest, Keys: keys };
    }
  }
  return { ...call.input, RequestItems: reduced };
}

/** The engine's answer with what the meter refused as unprocessed, as DynamoDB does it. */
export function withUnprocessed(
  answer: TableAnswer,
  call: MeteredCall,
  isRefused: (part: CallPart) => boolean,
): TableAnswer {
  if (answer.statusCode !== 200) return answer;
  const content = contentOf(answer) as Record<string, unknown>;
  const name = call.operation === 'BatchWriteItem' ? 'UnprocessedItems' : 'UnprocessedKeys';
  const refused = reducedBatch(call, isRefused)['RequestItems'] as Batch;
  return jsonAnswer(200, { ...content, [name]: { ...(content[name] as Batch | undefined), ...refused } });
}
