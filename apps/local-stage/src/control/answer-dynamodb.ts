import { unknownOperation } from './aws-error.ts';

/** Units/s of the account and of each of its tables, as AWS gives them (F42); no engine knows of an account. */
const LIMITS = {
  AccountMaxReadCapacityUnits: 80_000,
  AccountMaxWriteCapacityUnits: 80_000,
  TableMaxReadCapacityUnits: 40_000,
  TableMaxWriteCapacityUnits: 40_000,
};

/** What DynamoDB answers of the account itself; the rest goes to the engine. */
export function answerDynamoDb(operation: string): unknown {
  if (operation !== 'DescribeLimits') throw unknownOperation(`DynamoDB ${operation}`);
  return LIMITS;
}
