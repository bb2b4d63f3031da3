import { partitionOf } from '../template/intrinsics/partition.ts';
import { unknownOperation } from './aws-error.ts';
import type { StageControls } from './stage-controls.ts';

/** STS's part: `GetCallerIdentity`, the same for everybody. */
export function answerSts(action: string, { model }: StageControls): Readonly<Record<string, unknown>> {
  if (action !== 'GetCallerIdentity') throw unknownOperation(`STS ${action}`);
  return {
    Arn: `arn:${partitionOf(model.region).name}:iam::${model.accountId}:user/local`,
    UserId: 'LOCALSTAGE',
    Account: model.accountId,
  };
}
