import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Keys that the stage knows; anybody else's are refused. */
export const SIGNER = { accessKeyId: 'AKIASPILLWAYTEST', secretAccessKey: 'e2e/secret+of=signer' };
export const API_KEY = 'e2e-key-of-a-client-0123456789';

/** Routes by what they ask for. */
const ROUTES = {
  open: {},
  signed: { AuthorizationType: 'AWS_IAM' },
  keyed: { ApiKeyRequired: true },
  both: { AuthorizationType: 'AWS_IAM', ApiKeyRequired: true },
} as const;

/** The local stage playing a template that is not Spillway's, in a process of its own. */
export interface AuthStage {
  urlOf(route: keyof typeof ROUTES): string;
  stop(): Promise<void>;
}

export async function startAuthStage(): Promise<AuthStage> {
  const directory = mkdtempSync(path.join(tmpdir(), 'spillway-auth-'));
  const [template, credentials] = ['Auth.template.json', 'credentials'].map((name) =>
    path.join(directory, name),
  );
  writeFileSync(template as string, JSON.stringify(authTemplate()));
  writeFileSync(
    credentials as string,
    `[e2e]\naws_access_key_id = ${SIGNER.accessKeyId}\naws_secret_access_key = ${SIGNER.secretAccessKey}\n`,
  );
  const main = path.join(__dirname, '../../local-stage/src/main.ts');
  const args = [`--template=${template}`, `--credentials=${credentials}`, '--engine=dynalite'];
  const child = fork(main, args, { stdio: 'pipe', execArgv: [] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => (printed += String(chunk)));
  const ended = once(child, 'exit');
  const ready = await Promise.race([once(child, 'message'), ended.then(() => null)]);
  if (ready === null) throw new Error(`the local stage ended before it was ready: ${printed}`);
  const [{ baseUrl }] = ready as [{ baseUrl: string }];
  return {
    urlOf: (route) => `${baseUrl.replace(/\/$/, '')}/${route}`,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function authTemplate(): object {
  const invoke =
    'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Function.Arn}/invocations';
  const Integration = { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: { 'Fn::Sub': invoke } };
  const RestApiId = { Ref: 'Api' };
  const routes = Object.entries(ROUTES).flatMap(([route, asks]) => [
    [
      `${route}Resource`,
      {
        Type: 'AWS::ApiGateway::Resource',
        Properties: { RestApiId, ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] }, PathPart: route },
      },
    ],
    [
      `${route}Post`,
      {
        Type: 'AWS::ApiGateway::Method',
        Properties: {
          ...{ RestApiId, ResourceId: { Ref: `${route}Resource` }, HttpMethod: 'POST', Integration },
          ...{ AuthorizationType: 'NONE', ...asks },
        },
      },
    ],
  ]);
  const key = { KeyId: { Ref: 'Key' }, KeyType: 'API_KEY', UsagePlanId: { Ref: 'Plan' } };
  const code = 'exports.handler = async () => ({ statusCode: 200, body: "{}" });';
  const Function = {
    Code: { ZipFile: code },
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    MemorySize: 256,
  };
  const Stage = { RestApiId, StageName: 'prod', DeploymentId: { Ref: 'Deployment' } };
  return {
    Resources: {
      Function: { Type: 'AWS::Lambda::Function', Properties: Function },
      Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'auth' } },
      ...Object.fromEntries(routes),
      Deployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId } },
      Stage: { Type: 'AWS::ApiGateway::Stage', Properties: Stage },
      Key: { Type: 'AWS::ApiGateway::ApiKey', Properties: { Enabled: true, Value: API_KEY } },
      Plan: {
        Type: 'AWS::ApiGateway::UsagePlan',
        Properties: { ApiStages: [{ ApiId: RestApiId, Stage: { Ref: 'Stage' } }] },
      },
      PlanKey: { Type: 'AWS::ApiGateway::UsagePlanKey', Properties: key },
    },
  };
}
