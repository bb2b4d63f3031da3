import {
  DescribeQueryDefinitionsCommand,
  GetQueryResultsCommand,
  QueryStatus,
  StartQueryCommand,
  type CloudWatchLogsClient,
} from '@aws-sdk/client-cloudwatch-logs';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { MetricSeries } from './read-metrics.ts';

/** A query over minutes of one log group takes seconds. */
const QUERY_LIMIT_MS = 60_000;
const PAUSE_MS = 1000;
/** Logs are read by the minute, as they are gathered (F50). */
const MINUTE_SECONDS = 60;
const BITS = 8;

/** A row of the saved query: a minute, a direction, and its rate. */
const rowSchema = z.object({
  'bin(60s)': z.string(),
  bits_per_second: z.coerce.number().nonnegative(),
});

/** No saved query, or one that did not come to its end. */
export class FlowLogError extends Error {
  readonly code = 'FLOW_LOGS_UNREADABLE';

  constructor(stackName: string, problem: string) {
    super(`flow logs of stack ${stackName}: ${problem}`);
    this.name = 'FlowLogError';
  }
}

/**
 * Bytes between function and table in each minute, both ways, by the query that the stack itself saved (F50). Flow logs
 * come up to ten minutes late: what is not there yet is not in the answer.
 * @param window epoch ms
 * @throws FlowLogError
 */
export async function flowLogBytes(
  logs: Pick<CloudWatchLogsClient, 'send'>,
  stackName: string,
  window: { readonly startMs: number; readonly endMs: number },
  pauseMs = PAUSE_MS,
): Promise<MetricSeries> {
  const asked = new DescribeQueryDefinitionsCommand({ queryDefinitionNamePrefix: `${stackName}/` });
  const { queryDefinitions } = await logs.send(asked);
  const saved = queryDefinitions?.find(({ name }) => name === `${stackName}/table endpoint throughput`);
  if (saved === undefined)
    throw new FlowLogError(stackName, 'found no saved query "table endpoint throughput"; deploy the stack');
  const { queryId } = await logs.send(
    new StartQueryCommand({
      ...{ queryString: saved.queryString, logGroupNames: saved.logGroupNames },
      ...{ startTime: Math.floor(window.startMs / 1000), endTime: Math.ceil(window.endMs / 1000) },
    }),
  );
  const rows = await resultsOf(logs, stackName, queryId, pauseMs);
  const bytes = new Map<number, number>();
  for (const row of rows) {
    const { 'bin(60s)': minute, bits_per_second: rate } = rowSchema.parse(row);
    // Logs Insights writes UTC without saying so.
    const atMs = Date.parse(`${minute.replace(' ', 'T')}Z`);
    bytes.set(atMs, (bytes.get(atMs) ?? 0) + (rate * MINUTE_SECONDS) / BITS);
  }
  return [...bytes].map(([atMs, value]) => ({ atMs, value }));
}

async function resultsOf(
  logs: Pick<CloudWatchLogsClient, 'send'>,
  stackName: string,
  queryId: string | undefined,
  pauseMs: number,
): Promise<readonly object[]> {
  for (let waitedMs = 0; waitedMs <= QUERY_LIMIT_MS; waitedMs += pauseMs) {
    const { status, results } = await logs.send(new GetQueryResultsCommand({ queryId }));
    if (status === QueryStatus.Complete)
      return (results ?? []).map((row) =>
        Object.fromEntries(row.map(({ field = '', value }) => [field, value])),
      );
    if (status !== QueryStatus.Running && status !== QueryStatus.Scheduled)
      throw new FlowLogError(stackName, `the query ended as ${String(status)}`);
    await sleep(pauseMs);
  }
  throw new FlowLogError(stackName, `no answer to the query within ${QUERY_LIMIT_MS / 1000} s`);
}
