import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { AnyPrincipal, Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { TableEndpoint } from './table-endpoint.ts';

/**
 * All that ingest does to the table. A condition on a put, and the old item returned when it fails, need no
 * permission of their own.
 */
const INSERT_ACTIONS = ['dynamodb:PutItem'];

/** What DynamoDB may ask the key for on behalf of whoever reads and writes; the least that a put needs is unverified. */
const KEY_ACTIONS = [
  'kms:Encrypt',
  'kms:Decrypt',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:DescribeKey',
];

/** A retained table stays, but where its own creation is rolled back: it is empty then, and would only be in the way. */
const REMOVAL_POLICIES = {
  retain: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  destroy: RemovalPolicy.DESTROY,
};

export interface EntriesTableProps {
  /** What becomes of the table when its stack goes. */
  readonly removal: keyof typeof REMOVAL_POLICIES;
  /** Whether DynamoDB itself refuses to delete it. */
  readonly deletionProtection: boolean;
  /** @default AWS's own key */
  readonly encryptionKey?: IKey;
  /** Write units/s that it must take from the first second on. @default what every new table takes (F40) */
  readonly warmWriteUnitsPerSecond?: number;
}

/** The entries by `id`, on demand (F40), restorable to any second of the last 35 days. */
export class EntriesTable extends Construct {
  readonly table: ITable;
  private readonly encryptionKey: IKey | undefined;

  constructor(scope: Construct, id: string, props: EntriesTableProps) {
    super(scope, id);
    const { encryptionKey, warmWriteUnitsPerSecond, deletionProtection, removal } = props;
    this.encryptionKey = encryptionKey;
    // Table, not TableV2: a GlobalTable of one Region gives nothing here, and AWS::DynamoDB::Table is what a local
    // engine's CreateTable takes as it is.
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection,
      // A protected one can't be deleted by CloudFormation either: a rollback that tried to would fail itself.
      removalPolicy: deletionProtection ? RemovalPolicy.RETAIN : REMOVAL_POLICIES[removal],
      encryptionKey,
      warmThroughput: warmWriteUnitsPerSecond ? { writeUnitsPerSecond: warmWriteUnitsPerSecond } : undefined,
    });
  }

  allowInsertsBy(fn: IFunction): void {
    this.table.grant(fn, ...INSERT_ACTIONS);
    if (this.encryptionKey) this.allowUseOf(this.encryptionKey, fn);
  }

  /**
   * In a policy of its own, which needs the key and not the table: a table that changes its key waits for it, where it
   * would refuse every put until the role may use the new one.
   */
  private allowUseOf({ keyArn }: IKey, { role }: IFunction): void {
    const { region, urlSuffix } = Stack.of(this);
    const use = new PolicyStatement({
      actions: KEY_ACTIONS,
      resources: [keyArn],
      // DynamoDB calls the key in the function's name: the function itself has no way to it.
      conditions: { StringEquals: { 'kms:ViaService': `dynamodb.${region}.${urlSuffix}` } },
    });
    this.table.node.addDependency(new Policy(this, 'KeyUse', { roles: role && [role], statements: [use] }));
  }

  /** The second gate: what the endpoint's policy leaves out is denied, whatever the role may do (F52). */
  allowInsertsThrough({ endpoint }: TableEndpoint): void {
    endpoint.addToPolicy(
      new PolicyStatement({
        principals: [new AnyPrincipal()],
        actions: INSERT_ACTIONS,
        resources: [this.table.tableArn],
      }),
    );
  }
}
