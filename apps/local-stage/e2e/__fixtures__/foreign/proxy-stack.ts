import { Stack } from 'aws-cdk-lib';
import { LambdaRestApi } from 'aws-cdk-lib/aws-apigateway';
import { Code, Function as LambdaFunction, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tellFunction } from './tell-function.ts';

const INLINE = `
exports.handler = async (event) => ({ statusCode: 200, body: 'inline ' + event.path });
`;

/** LambdaRestApi four times: by way of an alias, with code in the template, with a module, with a layer. */
export class ProxyStack extends Stack {
  constructor(scope: Construct, id: string, { layerFolder }: { readonly layerFolder: string }) {
    super(scope, id);
    const handler = tellFunction(this, 'Tell', { functionName: `${this.stackName}-told` });
    new LambdaRestApi(this, 'Api', { handler: handler.addAlias('live') });
    const inline = new LambdaFunction(this, 'Inline', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline(INLINE),
    });
    new LambdaRestApi(this, 'InlineApi', { handler: inline, deployOptions: { stageName: 'inline' } });
    const module = tellFunction(this, 'Module', { handler: 'module.region' });
    new LambdaRestApi(this, 'ModuleApi', { handler: module, deployOptions: { stageName: 'module' } });
    writeLayer(layerFolder);
    const layer = new LayerVersion(this, 'Layer', { code: Code.fromAsset(layerFolder) });
    const greet = tellFunction(this, 'Greet', { handler: 'index.greet', layers: [layer] });
    new LambdaRestApi(this, 'LayerApi', { handler: greet, deployOptions: { stageName: 'layer' } });
  }
}

/** Written here, because Git ignores every node_modules. */
function writeLayer(folder: string): void {
  const module = join(folder, 'nodejs/node_modules/greeting');
  mkdirSync(module, { recursive: true });
  writeFileSync(join(module, 'index.js'), 'exports.greet = (name) => `hello from the ${name}`;');
}
