import {
  GetFunctionConcurrencyCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, isAlive } from './__fixtures__/processes.ts';
import { startStageProcess, type StageProcess } from './stage-process.ts';

const FIXTURE = join(__dirname, '__fixtures__/fault-stage');

let folder: string;
let stage: StageProcess | null = null;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'watch-'));
  cpSync(FIXTURE, folder, { recursive: true });
  mkdirSync(join(folder, 'src'));
  for (const file of [built(), source()]) writeFileSync(file, handler('first'));
});
afterEach(async () => {
  await stage?.stop();
  stage = null;
  rmSync(folder, { recursive: true });
});

const built = () => join(folder, 'asset.faults/index.cjs');
const source = () => join(folder, 'src/handler.cjs');
const template = () => join(folder, 'Faults.template.json');

/** Answers who it is, after so many ms as the path says. */
const handler = (name: string): string => `
  exports.handler = async ({ path }) => {
    await new Promise((resolve) => setTimeout(resolve, Number(path.slice(1))));
    return { statusCode: 200, body: '${name}' };
  };`;

const start = async (...args: readonly string[]): Promise<void> => {
  stage = await startStageProcess(`--template=${template()}`, '--engine=dynalite', '--watch', ...args);
};
const get = async (path = '/0'): Promise<string> => {
  const response = await fetch(`${stage!.baseUrl}${path}`);
  return response.status === 200 ? response.text() : String(response.status);
};
const count = (text: string): number => stage!.output().split(text).length - 1;
/** Makes a change, and waits until the stage has seen it. */
const change = async (make: () => void): Promise<void> => {
  const before = count('rebuilding…');
  make();
  await eventually(() => count('rebuilding…') > before, 'the change is seen');
};

describe('--watch of a template', () => {
  it.each<[string, (text: string) => void]>([
    ['written in place', (text) => writeFileSync(built(), text)],
    [
      'put in its place, as editors save',
      (text) => {
        writeFileSync(`${built()}.new`, text);
        renameSync(`${built()}.new`, built());
      },
    ],
    [
      'made anew with its folder, as builds do',
      (text) => {
        rmSync(join(folder, 'asset.faults'), { recursive: true });
        mkdirSync(join(folder, 'asset.faults'));
        writeFileSync(built(), text);
      },
    ],
  ])('runs code that is %s at the next request, again and again', async (_how, save) => {
    await start();
    expect(await get()).toBe('first');
    for (const name of ['second', 'third', 'fourth']) {
      await change(() => save(handler(name)));
      expect(await get()).toBe(name);
    }
  });

  it('enforces a changed limit', async () => {
    await start();
    expect([await get(), await get()]).toEqual(['first', 'first']);
    await change(() => {
      const declared = JSON.parse(readFileSync(template(), 'utf8')) as {
        Resources: { Stage: { Properties: object } };
      };
      const setting = {
        ResourcePath: '/*',
        HttpMethod: '*',
        ThrottlingRateLimit: 0.01,
        ThrottlingBurstLimit: 1,
      };
      Object.assign(declared.Resources.Stage.Properties, { MethodSettings: [setting] });
      writeFileSync(template(), JSON.stringify(declared));
    });
    expect([await get(), await get()]).toEqual(['first', '429']);
  });

  it('keeps what the AWS endpoint set and clients have used up, and drops an API that is gone', async () => {
    const declared = JSON.parse(readFileSync(template(), 'utf8')) as {
      Resources: Record<string, { Type?: string; Properties: Record<string, unknown> }>;
    };
    const setting = {
      ResourcePath: '/*',
      HttpMethod: '*',
      ThrottlingRateLimit: 0.001,
      ThrottlingBurstLimit: 2,
    };
    declared.Resources['Stage']!.Properties['MethodSettings'] = [setting];
    declared.Resources['Other'] = {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: { Name: 'other', ProtocolType: 'HTTP' },
    };
    declared.Resources['OtherStage'] = {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: { ApiId: { Ref: 'Other' }, StageName: '$default', AutoDeploy: true },
    };
    writeFileSync(template(), JSON.stringify(declared));
    await start();
    await eventually(() => count('(other)') > 0, 'both APIs are ready');
    const other = /^ready (\S+) \(other\)$/m.exec(stage!.output())![1]!;
    expect((await fetch(other)).status).toBe(404);
    const { awsEndpoint: endpoint, region } = stage!;
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const lambda = new LambdaClient({ endpoint, region, credentials });
    const FunctionName = 'Faults-Function';
    await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 5 }));
    expect(await get()).toBe('first');
    delete declared.Resources['Other'];
    delete declared.Resources['OtherStage'];
    await change(() => {
      writeFileSync(built(), handler('second'));
      writeFileSync(template(), JSON.stringify(declared));
    });
    expect([await get(), await get()]).toEqual(['second', '429']);
    await expect(fetch(other)).rejects.toThrow('fetch failed');
    const { ReservedConcurrentExecutions: reserved } = await lambda.send(
      new GetFunctionConcurrencyCommand({ FunctionName }),
    );
    expect(reserved).toBe(5);
  });

  it('says once of each rebuild that the code does not load', async () => {
    await start();
    expect(await get()).toBe('first');
    await change(() => writeFileSync(built(), ''));
    expect([await get(), await get()]).toEqual(['502', '502']);
    expect(stage!.output()).toContain(
      'function Faults-Function does not load: Runtime.HandlerNotFound: index.handler is undefined or not exported; ' +
        '--log-dir=<folder> keeps what it prints',
    );
    // One save may be seen as two changes.
    expect(count('does not load')).toBe(count('rebuilt in'));
  });

  it('lets what runs finish in the old code, and goes on with it when the template is broken', async () => {
    await start();
    const slow = get('/700');
    // Long before it ends, long after it began.
    await new Promise((resolve) => setTimeout(resolve, 350));
    await change(() => writeFileSync(built(), handler('second')));
    expect(await get()).toBe('second');
    expect(await slow).toBe('first');
    const good = readFileSync(template());
    await change(() => writeFileSync(template(), '{'));
    expect(await get()).toBe('second');
    expect(stage!.output()).toMatch(/not JSON[\s\S]*not rebuilt, the old code goes on/);
    await change(() => writeFileSync(template(), good));
    expect(await get()).toBe('second');
  });
});

describe('--watch of sources', () => {
  const withCommand = (command: string) => start(`--source=${join(folder, 'src')}`, `--rebuild=${command}`);
  const build = () => `echo run >> ${folder}/runs && sleep 0.3 && cp ${source()} ${built()}`;

  it('keeps requests until the command is through, and answers them by the new code', async () => {
    await withCommand(build());
    await change(() => writeFileSync(source(), handler('second')));
    expect(await Promise.all([get(), get()])).toEqual(['second', 'second']);
    expect(stage!.output()).toMatch(/rebuilt in \d+ ms; 2 requests waited/);
  });

  it('takes many saves for one change, and builds again for one that comes during a build', async () => {
    await withCommand(build());
    await change(() => {
      for (let i = 0; i < 20; i += 1) writeFileSync(source(), handler(`save ${i}`));
    });
    await eventually(() => existsSync(join(folder, 'runs')), 'the build runs');
    writeFileSync(source(), handler('last'));
    expect(await get()).toBe('last');
    expect(readFileSync(join(folder, 'runs'), 'utf8')).toBe('run\nrun\n');
    expect(count('rebuilt in')).toBe(1);
  });

  it('prints why a build failed, and goes on with the old code', async () => {
    await withCommand(`echo the reason >&2 && grep -q works ${source()} && cp ${source()} ${built()}`);
    await change(() => writeFileSync(source(), handler('broken')));
    expect(await get()).toBe('first');
    expect(stage!.output()).toMatch(/the reason\n.*exit status 1\nnot rebuilt, the old code goes on/);
    await change(() => writeFileSync(source(), handler('works')));
    expect(await get()).toBe('works');
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)('leaves no build behind after %s', async (signal) => {
    const pidFile = join(folder, 'pids');
    await withCommand(`sh -c 'echo $$ >> ${pidFile}; sleep 600'`);
    await change(() => writeFileSync(source(), handler('second')));
    await eventually(() => existsSync(pidFile) && readFileSync(pidFile, 'utf8') !== '', 'the build runs');
    const pid = Number(readFileSync(pidFile, 'utf8'));
    expect(isAlive(pid)).toBe(true);
    stage!.process.kill(signal);
    await eventually(() => !isAlive(pid), 'the build has ended');
  });
});
