import { createRequestHandler } from './answer-request.ts';
import { createDynamoDbStore } from './dynamodb-store.ts';
import { createEmbeddedMetrics } from './embedded-metrics.ts';
import { readEnvironment, readTraceId } from './environment.ts';
import { createLog } from './log-lines.ts';

const service = 'ingest';
const { tableName } = readEnvironment();

/** Lambda's entry, `index.handler`: made once for each execution environment, so connections are reused. */
export const handler = createRequestHandler({
  store: createDynamoDbStore(tableName),
  logger: createLog({ service, write: (line) => void process.stderr.write(line), readTraceId }),
  metrics: createEmbeddedMetrics(
    { namespace: 'Spillway', service },
    (line) => void process.stdout.write(line),
  ),
});
