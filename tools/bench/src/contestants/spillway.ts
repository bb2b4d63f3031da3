import { APIGatewayClient, UpdateStageCommand } from '@aws-sdk/client-api-gateway';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DeleteFunctionConcurrencyCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { LOCAL_AWS } from '../engine/entries-table.ts';
import { childEnvironment } from '../process/child-environment.ts';
import { freePort } from '../process/free-port.ts';
import type { Contestant } from './contestant.ts';

const BIN = fileURLToPath(
  new URL('../../../../apps/local-stage/bin/spillway-local-stage.cjs', import.meta.url),
);

/** Requests/s and requests: far above what any machine reaches here. */
const NO_LIMIT = 100_000;

const outputsSchema = z.object({ RestApiId: z.string(), ApiStageName: z.string(), FunctionName: z.string() });

/** The local stage, with its throttle and reserved concurrency lifted: peers enforce none. */
export const spillway: Contestant = stageContestant('spillway', 'this checkout', true);

/** The same with the limits of the template in force: for the flood, which they are there for. */
export const spillwayAsDeployed: Contestant = stageContestant(
  'spillway as deployed',
  'this checkout, limits in force',
  false,
);

function stageContestant(name: string, version: string, isLifted: boolean): Contestant {
  return {
    name,
    version,
    isPeer: false,
    makesTable: true,
    install: () => Promise.resolve(),
    async command({ directory, templateFile, engineEndpoint, port, environments }) {
      const controlPort = await freePort();
      return {
        args: [
          BIN,
          `--template=${templateFile}`,
          `--dynamodb-endpoint=${engineEndpoint}`,
          `--port=${port}`,
          `--control-port=${controlPort}`,
          `--max-environments=${environments}`,
          ...(isLifted ? [`--account-rate=${NO_LIMIT}`, `--account-burst=${NO_LIMIT}`] : []),
        ],
        cwd: directory,
        env: childEnvironment(),
        url: `http://127.0.0.1:${port}/prod`,
        ...(isLifted && {
          prepare: () => liftLimits(`http://127.0.0.1:${controlPort}`, stackOf(templateFile)),
        }),
      };
    },
  };
}

/** CDK names the template after its stack. */
function stackOf(templateFile: string): string {
  return basename(templateFile, '.template.json');
}

async function liftLimits(endpoint: string, stackName: string): Promise<void> {
  const settings = { endpoint, ...LOCAL_AWS };
  const cloudFormation = new CloudFormationClient(settings);
  const apiGateway = new APIGatewayClient(settings);
  const lambda = new LambdaClient(settings);
  const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName: stackName }));
  const found = Stacks?.[0]?.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]) ?? [];
  const { RestApiId, ApiStageName, FunctionName } = outputsSchema.parse(Object.fromEntries(found));
  await apiGateway.send(
    new UpdateStageCommand({
      restApiId: RestApiId,
      stageName: ApiStageName,
      patchOperations: ['rateLimit', 'burstLimit'].map((name) => ({
        op: 'replace',
        path: `/*/*/throttling/${name}`,
        value: String(NO_LIMIT),
      })),
    }),
  );
  await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
  for (const client of [cloudFormation, apiGateway, lambda]) client.destroy();
}
