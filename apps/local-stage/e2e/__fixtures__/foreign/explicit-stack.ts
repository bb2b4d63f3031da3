import { Stack } from 'aws-cdk-lib';
import { Deployment, LambdaIntegration, RestApi, Stage } from 'aws-cdk-lib/aws-apigateway';
import type { Construct } from 'constructs';
import { tellFunction } from './tell-function.ts';

/** One API with explicit resources, two functions, and two stages with throttles of their own. */
export class ExplicitStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const reads = new LambdaIntegration(tellFunction(this, 'Reads', { environment: { APP_ROLE: 'reads' } }));
    const writes = new LambdaIntegration(
      tellFunction(this, 'Writes', { environment: { APP_ROLE: 'writes' } }),
    );
    const api = new RestApi(this, 'Api', { restApiName: 'orders', deploy: false });
    const orders = api.root.addResource('orders');
    const order = orders.addResource('{id}');
    const methods = [
      orders.addMethod('GET', reads),
      orders.addMethod('POST', writes),
      order.addMethod('GET', reads),
      order.addMethod('DELETE', writes),
    ];
    const deployment = new Deployment(this, 'Deployment', { api });
    deployment.node.addDependency(...methods);
    new Stage(this, 'Dev', {
      deployment,
      stageName: 'dev',
      throttlingRateLimit: 0.01,
      throttlingBurstLimit: 1,
      variables: { colour: 'green' },
    });
    new Stage(this, 'Prod', {
      deployment,
      stageName: 'prod',
      throttlingRateLimit: 1000,
      throttlingBurstLimit: 1000,
      methodOptions: { '/orders/{id}/DELETE': { throttlingRateLimit: 0.01, throttlingBurstLimit: 2 } },
    });
  }
}
