import { Stack } from 'aws-cdk-lib';
import { LambdaRestApi } from 'aws-cdk-lib/aws-apigateway';
import { AttributeType, Table, type ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { tellFunction } from './tell-function.ts';

/** A stack of data alone: a table with an index of each kind. */
export class DataStack extends Stack {
  readonly table: ITable;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const table = new Table(this, 'Table', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      sortKey: { name: 'owner', type: AttributeType.STRING },
    });
    table.addGlobalSecondaryIndex({
      indexName: 'byOwner',
      partitionKey: { name: 'owner', type: AttributeType.STRING },
    });
    table.addLocalSecondaryIndex({
      indexName: 'byAge',
      sortKey: { name: 'age', type: AttributeType.NUMBER },
    });
    this.table = table;
  }
}

/** A stack that uses the other's table: the CDK makes that `Fn::ImportValue`. */
export class ReaderStack extends Stack {
  constructor(scope: Construct, id: string, { table }: { readonly table: ITable }) {
    super(scope, id);
    const handler = tellFunction(this, 'Store', {
      handler: 'index.store',
      environment: { APP_TABLE: table.tableName },
    });
    table.grantReadWriteData(handler);
    new LambdaRestApi(this, 'Api', { handler });
  }
}
