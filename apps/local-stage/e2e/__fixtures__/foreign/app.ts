import { App } from 'aws-cdk-lib';
import { join } from 'node:path';
import { BlueprintStack } from './blueprint-stack.ts';
import { DataStack, ReaderStack } from './data-stacks.ts';
import { ExplicitStack } from './explicit-stack.ts';
import { PartlyStack } from './partly-stack.ts';
import { ProxyStack } from './proxy-stack.ts';
import { RoutesStack } from './routes-stack.ts';

/** Stacks as other people write them; synthesizes them to the folder that is its argument. */
const outdir = process.argv[2] ?? 'cdk.out';
const app = new App({ outdir, analyticsReporting: false });
new ProxyStack(app, 'Proxy', { layerFolder: join(outdir, 'layer') });
new ExplicitStack(app, 'Explicit');
new RoutesStack(app, 'Routes');
const data = new DataStack(app, 'Data');
new ReaderStack(app, 'Reader', { table: data.table });
new BlueprintStack(app, 'Blueprint');
new PartlyStack(app, 'Partly');
app.synth();
