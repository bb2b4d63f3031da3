import { CfnOutput, CustomResource, NestedStack, Stack } from 'aws-cdk-lib';
import { LambdaIntegration, RestApi, TokenAuthorizer } from 'aws-cdk-lib/aws-apigateway';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { tellFunction } from './tell-function.ts';

/** A stack of which the local stage plays a part only. */
export class PartlyStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const topic = new Topic(this, 'Topic');
    new Topic(this, 'OtherTopic');
    const queue = new Queue(this, 'Queue');
    const worker = tellFunction(this, 'Worker');
    worker.addEventSource(new SqsEventSource(queue));
    const custom = new CustomResource(this, 'Custom', {
      serviceToken: worker.functionArn,
      resourceType: 'Custom::Settings',
    });
    const handler = tellFunction(this, 'Tell', {
      environment: {
        APP_TOPIC: topic.topicArn,
        APP_QUEUE: queue.queueUrl,
        APP_CUSTOM: custom.getAttString('Colour'),
      },
    });
    const python = new LambdaFunction(this, 'Python', {
      runtime: Runtime.PYTHON_3_13,
      handler: 'index.handler',
      code: Code.fromInline('def handler(event, context): return {}'),
    });
    const api = new RestApi(this, 'Api');
    api.root.addMethod('GET', new LambdaIntegration(handler));
    api.root.addResource('python').addMethod('GET', new LambdaIntegration(python));
    const authorizer = new TokenAuthorizer(this, 'Authorizer', { handler: worker });
    api.root.addResource('guarded').addMethod('GET', new LambdaIntegration(handler), { authorizer });
    new Topic(new NestedStack(this, 'Nested'), 'NestedTopic');
    new CfnOutput(this, 'Colour', { value: custom.getAttString('Colour') });
  }
}
