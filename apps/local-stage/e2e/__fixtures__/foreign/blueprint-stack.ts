import {
  CfnCondition,
  CfnMapping,
  CfnOutput,
  CfnParameter,
  CfnResource,
  Fn,
  Stack,
  type CfnResourceProps,
} from 'aws-cdk-lib';
import { LambdaRestApi } from 'aws-cdk-lib/aws-apigateway';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { tellFunction } from './tell-function.ts';

/** What templates written by hand are full of: parameters, conditions, mappings, Fn::Sub and their nestings. */
export class BlueprintStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const tier = new CfnParameter(this, 'Tier', { default: 'small', allowedValues: ['small', 'large'] });
    const owner = new CfnParameter(this, 'Owner');
    const zones = new CfnParameter(this, 'Zones', {
      type: 'CommaDelimitedList',
      default: 'red, green, blue',
    });
    const isLarge = new CfnCondition(this, 'IsLarge', { expression: Fn.conditionEquals(tier, 'large') });
    const isBoth = new CfnCondition(this, 'IsLargeHere', {
      expression: Fn.conditionAnd(
        isLarge,
        Fn.conditionNot(Fn.conditionEquals(Fn.ref('AWS::Region'), 'mars-1')),
      ),
    });
    const sizes = new CfnMapping(this, 'Sizes', {
      mapping: { small: { memory: 256, label: 'S' }, large: { memory: 512, label: 'L' } },
    });
    const handler = tellFunction(this, 'Tell', {
      environment: {
        APP_SIZE: sizes.findInMap(tier.valueAsString, 'label'),
        APP_SUB: Fn.sub('${AWS::StackName}/${Tier}/${where}/${!kept}', { where: Fn.ref('AWS::Region') }),
        APP_JOINED: Fn.join('+', zones.valueAsList),
        APP_SECOND: Fn.select(1, zones.valueAsList),
        APP_SPLIT: Fn.select(0, Fn.split('/', 'first/second')),
        APP_IF: Fn.conditionIf(isBoth.logicalId, 'large here', 'small or elsewhere').toString(),
        APP_GONE: Fn.conditionIf(isLarge.logicalId, 'there', Fn.ref('AWS::NoValue')).toString(),
        APP_OWNER: owner.valueAsString,
        APP_BLOCK: Fn.select(1, Fn.cidr('10.0.0.0/16', 2, '8')),
        APP_IMPORT: Fn.importValue('elsewhere'),
        APP_SECRET: '{{resolve:secretsmanager:db:SecretString:password::}}',
      },
    });
    const fn = handler.node.defaultChild as CfnFunction;
    fn.addPropertyOverride('FunctionName', { 'Fn::Sub': '${AWS::StackName}-${Tier}-tell' });
    fn.addPropertyOverride('MemorySize', { 'Fn::FindInMap': ['Sizes', { Ref: 'Tier' }, 'memory'] });
    new LambdaRestApi(this, 'Api', { handler });
    const conditional: CfnResourceProps = { type: 'AWS::SQS::Queue' };
    new CfnResource(this, 'OnlyLarge', conditional).cfnOptions.condition = isLarge;
    new CfnOutput(this, 'FunctionArn', { value: handler.functionArn });
    new CfnOutput(this, 'Size', { value: sizes.findInMap(tier.valueAsString, 'label') });
  }
}
