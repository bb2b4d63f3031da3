import { join } from 'node:path';
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { MetricsStore } from '../../../src/control/metrics-store.ts';
import type { TableTreatment } from '../../../src/dynamodb/table-treatment.ts';
import { ShutdownList } from '../../../src/shutdown-list.ts';
import { startTables, type TablesOptions } from '../../../src/start-tables.ts';
import { readTemplate } from '../../../src/template/read-template.ts';
import { buildStageModel } from '../../../src/template/stage-model.ts';

export const TABLES_TEMPLATE = join(__dirname, 'Tables.template.json');

/** The tables of the fixture as the functions would meet them, without gateway and functions. */
export async function startTablesOnly(
  treatment: Partial<TableTreatment>,
  engine: TablesOptions['engine'] = { kind: 'dynalite' },
) {
  const lines: string[] = [];
  const report = (line: string) => lines.push(line);
  const shutdown = new ShutdownList(report);
  const metrics = new MetricsStore();
  const given = { parameterValues: new Map<string, string>(), importedValues: new Map<string, string>() };
  const model = buildStageModel(await readTemplate(TABLES_TEMPLATE, given), 'us-east-1');
  const tableTreatment = { isMetered: false, latency: null, faults: [], seed: 1, ...treatment };
  const played = await startTables(model, metrics, { engine, tableTreatment, report }, shutdown);
  const clientOf = (endpoint: string, settings: DynamoDBClientConfig = {}) =>
    new DynamoDBClient({
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts: 1,
      ...settings,
    });
  /** Sum of a metric of the last two hours. */
  const sumOf = (metric: string, dimensions: Readonly<Record<string, string>>): number =>
    metrics
      .read(
        { namespace: 'AWS/DynamoDB', metric, dimensions },
        { startMs: 0, endMs: Date.now() + 60_000, periodSeconds: 10_000_000 },
        'Sum',
      )
      .reduce((sum, { value }) => sum + value, 0);
  return { ...played, lines, clientOf, sumOf, stop: () => shutdown.run() };
}
