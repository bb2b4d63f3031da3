import {
  CreateTableCommand,
  DynamoDBClient,
  ListTablesCommand,
  paginateScan,
} from '@aws-sdk/client-dynamodb';

/** Where a contestant that makes no table of its own finds one. */
export const TABLE_NAME = 'bench-entries';

/** Any will do: no engine checks a signature. */
export const LOCAL_AWS = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
} as const;

/** The table as infra declares it: on demand, keyed by `id`. */
export async function createEntriesTable(endpoint: string): Promise<void> {
  await withClient(endpoint, (client) =>
    client.send(
      new CreateTableCommand({
        TableName: TABLE_NAME,
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    ),
  );
}

/** Every id in every table of this engine: an engine lives for one run, so all of them are that run's. */
export async function storedIds(endpoint: string): Promise<ReadonlySet<string>> {
  return withClient(endpoint, async (client) => {
    const ids = new Set<string>();
    const { TableNames = [] } = await client.send(new ListTablesCommand({}));
    for (const TableName of TableNames) {
      const pages = paginateScan({ client }, { TableName, ConsistentRead: true, ProjectionExpression: 'id' });
      for await (const page of pages) {
        for (const { id } of page.Items ?? []) if (id?.S !== undefined) ids.add(id.S);
      }
    }
    return ids;
  });
}

async function withClient<T>(endpoint: string, work: (client: DynamoDBClient) => Promise<T>): Promise<T> {
  const client = new DynamoDBClient({ endpoint, ...LOCAL_AWS });
  try {
    return await work(client);
  } finally {
    client.destroy();
  }
}
