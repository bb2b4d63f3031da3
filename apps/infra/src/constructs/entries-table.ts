import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { GatewayVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/**
 * All that ingest does to the table. A condition on a put, and the old item returned when it fails, need no
 * permission of their own.
 */
const INSERT_ACTIONS = ['dynamodb:PutItem'];

const REMOVAL_POLICIES = { retain: RemovalPolicy.RETAIN, destroy: RemovalPolicy.DESTROY };

export interface EntriesTableProps {
  /** What becomes of the table when its stack goes. */
  readonly removal: keyof typeof REMOVAL_POLICIES;
}

/** The entries by `id`, on demand (F40), restorable to any second of the last 35 days. */
export class EntriesTable extends Construct {
  readonly table: ITable;

  constructor(scope: Construct, id: string, props: EntriesTableProps) {
    super(scope, id);
    // Table, not TableV2: a GlobalTable of one Region gives nothing here, and AWS::DynamoDB::Table is what a local
    // engine's CreateTable takes as it is.
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: REMOVAL_POLICIES[props.removal],
    });
  }

  allowInsertsBy(grantee: IGrantable): void {
    this.table.grant(grantee, ...INSERT_ACTIONS);
  }

  /** The second gate: what the endpoint's policy leaves out is denied, whatever the role may do (F52). */
  allowInsertsThrough(endpoint: GatewayVpcEndpoint): void {
    endpoint.addToPolicy(
      new PolicyStatement({
        principals: [new AnyPrincipal()],
        actions: INSERT_ACTIONS,
        resources: [this.table.tableArn],
      }),
    );
  }
}
