import { APIGatewayClient, GetStageCommand as GetRestStageCommand } from '@aws-sdk/client-api-gateway';
import { ApiGatewayV2Client, GetStageCommand as GetHttpStageCommand } from '@aws-sdk/client-apigatewayv2';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { runRecordSchema } from '@spillway/capacity';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureStage } from '../src/measure-stage.ts';
import { preflight } from '../src/preflight.ts';
import { readDeployment } from '../src/read-deployment.ts';
import { finishRun } from '../src/run-draft.ts';
import type { LocalStageProcess } from '../src/stage/local-stage-process.ts';
import { connectStage, LOCAL_CREDENTIALS, type StageConnection } from '../src/stage/stage-connection.ts';
import { applyLimits, liftLimits, readLimits, restoreLimits } from '../src/stage/stage-limits.ts';
import { INFRA, shortRun } from './short-run.ts';
import { LIMITS, startStageKind, type StageKind } from './start-stage-kind.ts';

const LIMIT_MS = 300_000;

let local: LocalStageProcess | undefined;
afterEach(async () => {
  await local?.stop();
  local = undefined;
});

async function open(kind: StageKind): Promise<StageConnection> {
  local = await startStageKind(kind);
  return connectStage(local.address);
}

async function outputsOf({ stackName, endpoint = '', region }: StageConnection) {
  const config = { endpoint, region, credentials: LOCAL_CREDENTIALS };
  const { Stacks } = await new CloudFormationClient(config).send(
    new DescribeStacksCommand({ StackName: stackName }),
  );
  const pairs = (Stacks?.[0]?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]);
  return { config, outputs: Object.fromEntries(pairs) as Record<string, string | undefined> };
}

/** The bucket that `POST /batch` has of its own. */
async function batchBucket(stage: StageConnection): Promise<object> {
  const { config, outputs } = await outputsOf(stage);
  const { ApiStageName: stageName, RestApiId: restApiId, HttpApiId } = outputs;
  if (restApiId !== undefined) {
    const found = await new APIGatewayClient(config).send(new GetRestStageCommand({ restApiId, stageName }));
    const { throttlingRateLimit: rate, throttlingBurstLimit: burst } =
      found.methodSettings?.['~1batch/POST'] ?? {};
    return { rate, burst };
  }
  const asked = new GetHttpStageCommand({ ApiId: HttpApiId, StageName: stageName });
  const { RouteSettings } = await new ApiGatewayV2Client(config).send(asked);
  const { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst } = RouteSettings?.['POST /batch'] ?? {};
  return { rate, burst };
}

/** Null where the gateway calls the function itself. */
async function aliasedVersion(stage: StageConnection): Promise<string | undefined | null> {
  const { FunctionName, FunctionAlias: Name } = (await outputsOf(stage)).outputs;
  if (Name === undefined) return null;
  return (await stage.lambda.send(new GetAliasCommand({ FunctionName, Name }))).FunctionVersion;
}

describe.each<StageKind>([
  { api: 'rest', rollout: 'all-at-once' },
  { api: 'rest', rollout: 'canary-10-percent-5-minutes' },
  { api: 'http', rollout: 'all-at-once' },
  { api: 'http', rollout: 'linear-10-percent-every-1-minute' },
])('limits of a stage of $api, rolled out $rollout', (kind) => {
  it(
    'are lifted, set and put back, and the bucket of /batch stays as it is',
    async () => {
      const stage = await open(kind);
      const deployed = await readLimits(stage);
      const batch = await batchBucket(stage);
      const version = await aliasedVersion(stage);
      expect(deployed).toEqual(LIMITS);
      expect(batch).toEqual({ rate: 0.5, burst: 40 });

      const lifted = { rateLimit: 10_000, burstLimit: 5_000 };
      await liftLimits(stage, lifted);
      expect(await stage.gateway.readThrottle()).toEqual(lifted);
      await expect(readLimits(stage)).rejects.toMatchObject({ code: 'LIMITS_UNREADABLE' });
      expect(await batchBucket(stage)).toEqual(batch);

      const tried = {
        ...{ rateLimit: 70, burstLimit: 30, reservedConcurrency: 20 },
        ...{ memorySize: 2048, timeoutSeconds: 9 },
      };
      await applyLimits(stage, tried);
      expect(await readLimits(stage)).toEqual(tried);
      expect(await batchBucket(stage)).toEqual(batch);

      await restoreLimits(stage, deployed);
      expect(await readLimits(stage)).toEqual(deployed);
      expect([await batchBucket(stage), await aliasedVersion(stage)]).toEqual([batch, version]);
      // What a next deployment begins with.
      const latest = await stage.lambda.send(
        new GetFunctionConfigurationCommand({ FunctionName: stage.functionName }),
      );
      expect([latest.MemorySize, latest.Timeout]).toEqual([deployed.memorySize, deployed.timeoutSeconds]);
    },
    LIMIT_MS,
  );
});

describe('a deployment while limits are lifted', () => {
  it(
    'keeps its version, its memory and its alias, and the rest is put back',
    async () => {
      const stage = await open({ api: 'rest', rollout: 'canary-10-percent-5-minutes' });
      const deployed = await readLimits(stage);
      await liftLimits(stage, { rateLimit: 10_000, burstLimit: 5_000 });

      const { FunctionName, FunctionAlias: Name } = (await outputsOf(stage)).outputs;
      await stage.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize: 3008 }));
      const { Version } = await stage.lambda.send(new PublishVersionCommand({ FunctionName }));
      await stage.lambda.send(new UpdateAliasCommand({ FunctionName, Name, FunctionVersion: Version }));

      const moved = /alias live: found it moved by a deployment meanwhile/;
      await expect(applyLimits(stage, { ...deployed, memorySize: 2048 })).rejects.toThrow(moved);
      await expect(restoreLimits(stage, deployed)).rejects.toThrow(moved);
      expect(await readLimits(stage)).toEqual({ ...deployed, memorySize: 3008 });
      expect(await aliasedVersion(stage)).toBe(Version);
    },
    LIMIT_MS,
  );
});

describe.each<StageKind>([
  { api: 'rest', rollout: 'canary-10-percent-5-minutes' },
  { api: 'http', rollout: 'linear-10-percent-every-1-minute' },
])('a run against an API of kind $api whose function is behind an alias', (kind) => {
  it(
    'reads the metrics of that kind, and leaves everything as it was when it is stopped',
    async () => {
      const stage = await open(kind);
      const deployed = await readLimits(stage);
      const printed: string[] = [];
      const stop = new AbortController();
      let versionMeanwhile: Promise<string | undefined | null> | undefined;
      const resultsFolder = mkdtempSync(join(tmpdir(), 'spillway-kinds-'));
      const context = shortRun('kinds', stage, {
        ...{ sweeps: [], signal: stop.signal, resultsFolder },
        line: (text) => {
          printed.push(text);
          if (!/^ +discovery-01/.test(text)) return;
          versionMeanwhile = aliasedVersion(stage).finally(() => stop.abort(new Error('enough')));
        },
      });
      const deployment = await readDeployment(INFRA, 'local');
      const start = { stage: 'local', profile: 'quick', at: new Date() } as const;
      const draft = await preflight(context, start, deployment);
      const measured = await measureStage(context, draft, deployment).then(
        () => 'went to its end',
        (error: Error) => error.message,
      );
      rmSync(resultsFolder, { recursive: true });
      expect([measured, printed.join('\n')]).toEqual([
        expect.stringMatching(/aborted|was stopped/),
        expect.anything(),
      ]);
      expect(await versionMeanwhile).toBe('$LATEST');
      expect([await readLimits(stage), await aliasedVersion(stage)]).toEqual([deployed, '1']);

      const stopped = { status: 'interrupted', stoppedBy: measured, at: new Date() } as const;
      const run = runRecordSchema.parse(finishRun(draft, context, stopped));
      expect(run.audit?.acknowledged).toBeGreaterThan(50);
      expect(run.audit).toMatchObject({ lost: 0, neverSent: 0 });
      const requests = (run.timeline?.points ?? []).map(({ gatewayRequests }) => gatewayRequests ?? NaN);
      expect(requests.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(
        run.audit?.acknowledged ?? Infinity,
      );
    },
    LIMIT_MS,
  );
});
