import { join } from 'node:path';
import { table, type Resource, type Resources } from './parts.ts';

const KINDS = ['Rest', 'Http'] as const;

/** @param folder where functions may leave files */
export function functions(folder: string): Resources {
  const declared = (properties: Resource['Properties']): Resource => ({
    Type: 'AWS::Lambda::Function',
    Properties: {
      Code: join(__dirname, 'handler'),
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      MemorySize: 256,
      Timeout: 25,
      ...properties,
    },
  });
  return {
    Actions: declared({}),
    // Reserved, because it runs on after the gateway gave up: nothing of it is in the unreserved concurrency.
    Brief: declared({ Timeout: 1, ReservedConcurrentExecutions: 5 }),
    Stopped: declared({ ReservedConcurrentExecutions: 0 }),
    Single: declared({ ReservedConcurrentExecutions: 1 }),
    ...Object.fromEntries(
      KINDS.flatMap((kind) => [
        [`${kind}Crowd`, declared({})],
        [`${kind}Many`, declared({})],
        [`${kind}Ten`, declared({ ReservedConcurrentExecutions: 1 })],
        [`${kind}Counted`, declared({})],
        [`${kind}Uncounted`, declared({ ReservedConcurrentExecutions: 0 })],
        [
          `${kind}SlowInit`,
          declared({
            Handler: 'slow-init.handler',
            Environment: { Variables: { INIT_FILE: join(folder, `${kind}-init`) } },
          }),
        ],
      ]),
    ),
  };
}

/** What the CDK gives a `Table` that says nothing (F44). */
const PROVISIONED = { ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 } };

export const tables = (): Resources => ({
  Plain: table('plain', { BillingMode: 'PAY_PER_REQUEST' }),
  Fresh: table('fresh', { BillingMode: 'PAY_PER_REQUEST' }),
  Hot: table('hot', { BillingMode: 'PAY_PER_REQUEST' }),
  Capped: table('capped', {
    BillingMode: 'PAY_PER_REQUEST',
    OnDemandThroughput: { MaxReadRequestUnits: 100, MaxWriteRequestUnits: 1 },
  }),
  Provisioned: table('provisioned', PROVISIONED),
  Measured: table('measured', PROVISIONED),
});
