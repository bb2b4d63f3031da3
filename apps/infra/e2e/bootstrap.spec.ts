import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const projectRoot = resolve(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'spillway-bootstrap-'));
const githubFile = join(scratch, 'github.json');
const template = (stage: string, stack: string) =>
  join(projectRoot, 'dist/bootstrap', stage, `${stack}.template.json`);
afterAll(() => rmSync(scratch, { recursive: true }));

/** Runs the command with nothing of AWS around it. */
function bootstrap(
  args: readonly string[],
  github: Record<string, unknown> = { repository: 'acme/spillway' },
) {
  writeFileSync(githubFile, JSON.stringify(github));
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: scratch,
    AWS_EC2_METADATA_DISABLED: 'true',
    SPILLWAY_GITHUB_FILE: githubFile,
  };
  const main = join(projectRoot, 'src/bootstrap/main.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { env, encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('bootstrap', () => {
  it('synthesizes, says whom a stage would trust, and asks nothing of AWS', () => {
    const { status, stdout, stderr } = bootstrap(['--stage=staging']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe(
      [
        'Stage    staging, the account and Region of the profile',
        'Trusts   repo:acme/spillway:environment:staging',
        '         repo:acme/spillway:environment:staging-loadtest',
        'Stacks   Spillway-github, Spillway-github-staging',
        'Template apps/infra/dist/bootstrap/staging',
        'Next     npx nx run infra:bootstrap --stage=staging --deploy --profile=<profile>',
        '',
      ].join('\n'),
    );
    expect(readFileSync(template('staging', 'Spillway-github'), 'utf8')).toContain('AWS::IAM::OIDCProvider');
  });

  it('makes no identity provider where the account has one', () => {
    const { stdout } = bootstrap(['--stage=dev'], { repository: 'acme/spillway', provider: 'existing' });
    expect(stdout).toContain('Stacks   Spillway-github-dev\n');
    expect(globSync('*.template.json', { cwd: join(projectRoot, 'dist/bootstrap/dev') })).toEqual([
      'Spillway-github-dev.template.json',
    ]);
  });

  it('deploys by the CDK where it is told to', () => {
    const { status, stdout, stderr } = bootstrap(['--stage=dev', '--deploy', '--require-approval=never']);
    expect(stdout + stderr).toMatch(/Unable to resolve AWS account|credentials/i);
    expect(status).toBe(1);
  });

  it.each([
    ['no repository', [], {}, /^bootstrap: github\.json: no repository, want.*\n$/],
    ['the local stage', ['--stage=local'], undefined, /^bootstrap: stage "local" is only ever played.*\n$/],
    ['an unknown stage', ['--stage=nope'], undefined, /^bootstrap: stage "nope" is unknown.*\n$/],
  ])('answers %s with one line', (_what, args, github, line) => {
    const { status, stdout, stderr } = bootstrap(args, github);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(line);
  });
});

/** How IAM calls the services of the SDK's clients; `null` where a call needs no permission. */
const SERVICES: Readonly<Record<string, string | null>> = {
  'client-api-gateway': 'apigateway',
  'client-apigatewayv2': 'apigateway',
  'client-cloudformation': 'cloudformation',
  'client-cloudwatch': 'cloudwatch',
  'client-cloudwatch-logs': 'logs',
  'client-dynamodb': 'dynamodb',
  'client-ec2': 'ec2',
  'client-lambda': 'lambda',
  'client-service-quotas': 'servicequotas',
  'client-sts': null,
  'lib-dynamodb': 'dynamodb',
};

/** IAM's name of a call: API Gateway has those of HTTP. */
function actionOf(service: string, call: string): string {
  if (service !== 'apigateway') return `${service}:${call}`;
  return `${service}:${call.startsWith('Get') ? 'GET' : 'PATCH'}`;
}

/** Actions of all calls that sources make; the load test's runners on AWS have roles of Artillery's own. */
function callsOf(folder: string): string[] {
  const files = globSync('**/*.ts', { cwd: folder }).filter(
    (file) => !/^(generator|runner)\/|\.spec\.ts$/.test(file),
  );
  const imports = files.flatMap((file) => [
    ...readFileSync(join(folder, file), 'utf8').matchAll(
      /import (?!type)\{([^}]*)\} from '@aws-sdk\/([\w-]+)'/g,
    ),
  ]);
  const calls = imports.flatMap(([, names = '', client = '']) => {
    const service = SERVICES[client];
    if (service === undefined) throw new Error(`@aws-sdk/${client}: no service of IAM is said`);
    const found = [...names.matchAll(/\b(?:paginate)?(\w+?)(?:Command)?\b/g)].flatMap(([name, call = '']) =>
      /Command$|^paginate/.test(name) ? [call] : [],
    );
    return service === null ? [] : found.map((call) => actionOf(service, call));
  });
  return [...new Set(calls)].sort();
}

describe('the role of', () => {
  it.each([
    ['load tests', 'Loadtest', '../loadtest/src', 10],
    ['deployments', 'Deploy', 'src/preflight', 5],
  ])('%s may do what is called in its name', (_who, idStart, sources, fewestCalls) => {
    bootstrap(['--stage=dev']);
    const text = readFileSync(template('dev', 'Spillway-github-dev'), 'utf8');
    const { Resources } = JSON.parse(text) as { Resources: Record<string, unknown> };
    const role = JSON.stringify(Object.entries(Resources).find(([id]) => id.startsWith(idStart)));
    const calls = callsOf(join(projectRoot, sources));
    expect(calls.length).toBeGreaterThan(fewestCalls);
    expect(calls.filter((call) => !role.includes(`"${call}"`))).toEqual([]);
  });
});
