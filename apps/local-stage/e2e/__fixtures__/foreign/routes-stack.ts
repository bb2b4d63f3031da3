import { CfnOutput, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Construct } from 'constructs';
import { tellFunction } from './tell-function.ts';

/** An HTTP API with routes of several shapes and a function for all that matches none. */
export class RoutesStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const users = new HttpLambdaIntegration('Users', tellFunction(this, 'Users'));
    const rest = new HttpLambdaIntegration('Rest', tellFunction(this, 'Rest'));
    const api = new HttpApi(this, 'Api', { defaultIntegration: rest });
    api.addRoutes({ path: '/users', methods: [HttpMethod.GET, HttpMethod.POST], integration: users });
    api.addRoutes({ path: '/users/{id}', methods: [HttpMethod.GET], integration: users });
    api.addRoutes({ path: '/files/{proxy+}', integration: users });
    new CfnOutput(this, 'Endpoint', { value: api.apiEndpoint });
  }
}
