import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { createRequestHandler } from './answer-request.ts';
import { createDynamoDbStore } from './dynamodb-store.ts';
import { readEnvironment } from './environment.ts';

const serviceName = 'ingest';
const { tableName } = readEnvironment();

/** Lambda's entry, `index.handler`: made once for each execution environment, so connections are reused. */
export const handler = createRequestHandler({
  store: createDynamoDbStore(tableName),
  logger: new Logger({ serviceName }),
  metrics: new Metrics({ namespace: 'Spillway', serviceName }),
});
