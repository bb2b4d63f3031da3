import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { outcomes, type Answers, type Audit } from '@spillway/capacity';
import * as z from 'zod';
import type { FoundStage } from './stage/stage-connection.ts';

/** The answers of one step, with the step's name: together they say every id that was sent. */
export interface SentStep {
  readonly name: string;
  /** Null where a step broke off without leaving its answers: all that it may have sent is unknown. */
  readonly answers: Answers | null;
}

/** Start of the ids of one run: no other entry carries it. */
export function runMarker(runId: string): string {
  return `loadtest.${runId}.`;
}

/** Id of the entry that a step's request carried; `sequence` counts from 0 in order of intended instants. */
export function entryId(runId: string, stepName: string, sequence: number): string {
  return `${runMarker(runId)}${stepName}.${sequence}`;
}

/**
 * Compares what was acknowledged with what is stored (method, section 7). Requests without an answer are
 * `unknown`: the entry may be there or not, and neither counts as lost.
 * @param stored every id in the table that carries the run's marker
 */
export function auditEntries(runId: string, steps: readonly SentStep[], stored: ReadonlySet<string>): Audit {
  const audit: Audit = {
    acknowledged: 0,
    stored: 0,
    lost: 0,
    unknown: 0,
    unknownStored: 0,
    neverSent: 0,
    refusedStored: 0,
  };
  let sentAndStored = 0;
  for (const { name, answers } of steps) {
    if (answers === null) {
      const ofStep = [...stored].filter((id) => id.startsWith(`${runMarker(runId)}${name}.`)).length;
      sentAndStored += ofStep;
      audit.unknown += ofStep;
      audit.unknownStored += ofStep;
      continue;
    }
    for (let row = 0; row < answers.count; row += 1) {
      const isStored = stored.has(entryId(runId, name, answers.sequence?.[row] ?? row));
      if (isStored) sentAndStored += 1;
      const outcome = outcomes[answers.outcome[row] ?? -1];
      if (outcome === 'acknowledged') {
        audit.acknowledged += 1;
        audit[isStored ? 'stored' : 'lost'] += 1;
      } else if (outcome === 'timeout' || outcome === 'connection-error') {
        audit.unknown += 1;
        if (isStored) audit.unknownStored += 1;
      } else if (isStored) {
        audit.refusedStored += 1;
      }
    }
  }
  audit.neverSent = stored.size - sentAndStored;
  return audit;
}

const storedIdSchema = z.object({ id: z.string() });

/** Every id in the stage's table that carries the run's marker, read consistently. */
export async function readStoredIds(
  stage: Pick<FoundStage, 'dynamoDb' | 'tableName'>,
  runId: string,
): Promise<Set<string>> {
  const client = DynamoDBDocumentClient.from(stage.dynamoDb);
  const ids = new Set<string>();
  const pages = paginateScan(
    { client },
    {
      TableName: stage.tableName,
      ConsistentRead: true,
      ProjectionExpression: 'id',
      FilterExpression: 'begins_with(id, :marker)',
      ExpressionAttributeValues: { ':marker': runMarker(runId) },
    },
  );
  for await (const page of pages) {
    for (const item of page.Items ?? []) ids.add(storedIdSchema.parse(item).id);
  }
  return ids;
}
