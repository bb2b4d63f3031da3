import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { synthesizedStack } from '../__fixtures__/synthesized-stack.ts';
import { readWarmTable } from './read-warm-table.ts';

/** A client that answers everything alike. */
const answering = (answer: object) => ({ send: () => Promise.resolve(answer) }) as unknown;

function read(WarmThroughput: object | undefined, template: object) {
  return readWarmTable(
    answering({ Table: { WarmThroughput } }) as DynamoDBClient,
    answering({ TemplateBody: JSON.stringify(template) }) as CloudFormationClient,
    { stackName: 'Spillway-dev', tableName: 'entries' },
  );
}

describe('readWarmTable', () => {
  it('reads what the table takes, and what a template of this stack asks for', async () => {
    const template = synthesizedStack({ limits: { rateLimit: 10_000 } }).toJSON();
    await expect(read({ WriteUnitsPerSecond: 12_000 }, template)).resolves.toEqual({
      takesPerSecond: 12_000,
      declaredPerSecond: 11_000,
    });
  });

  it('takes a table that reports nothing for a new one, in a template that asks for nothing', async () => {
    await expect(read(undefined, synthesizedStack({}).toJSON())).resolves.toEqual({
      takesPerSecond: 4000,
      declaredPerSecond: undefined,
    });
  });

  it('refuses a template that it can’t read', async () => {
    await expect(read(undefined, [])).rejects.toThrow();
  });
});
