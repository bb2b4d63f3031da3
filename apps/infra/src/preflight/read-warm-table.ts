import { GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { NEW_TABLE_WRITE_UNITS } from '../warm-write-units.ts';
import type { WarmTable } from './account-readings.ts';

const warmThroughput = z.looseObject({ WriteUnitsPerSecond: z.number().optional() });
const templateSchema = z.looseObject({
  Resources: z.record(
    z.string(),
    z.looseObject({
      Type: z.string(),
      Properties: z.looseObject({ WarmThroughput: warmThroughput.optional() }).optional(),
    }),
  ),
});

/** What a stage's table takes at once by now, and what its template asked for. */
export async function readWarmTable(
  dynamoDb: DynamoDBClient,
  cloudFormation: CloudFormationClient,
  { stackName, tableName }: { readonly stackName: string; readonly tableName: string },
): Promise<WarmTable> {
  const [{ Table }, { TemplateBody }] = await Promise.all([
    dynamoDb.send(new DescribeTableCommand({ TableName: tableName })),
    cloudFormation.send(new GetTemplateCommand({ StackName: stackName })),
  ]);
  return {
    takesPerSecond: Table?.WarmThroughput?.WriteUnitsPerSecond ?? NEW_TABLE_WRITE_UNITS,
    declaredPerSecond: declaredWriteUnits(TemplateBody ?? ''),
  };
}

/** Of the one table that a stage's template has. */
function declaredWriteUnits(template: string): number | undefined {
  const { Resources } = templateSchema.parse(JSON.parse(template));
  const table = Object.values(Resources).find(({ Type }) => Type === 'AWS::DynamoDB::Table');
  return table?.Properties?.WarmThroughput?.WriteUnitsPerSecond;
}
