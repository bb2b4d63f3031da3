import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startStageProcess, type StageProcess } from './stage-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'spillway-foreign-'));
let stage: StageProcess;

// In a process of its own: the CDK takes seconds to load, and Jest would do it by its own rules.
beforeAll(() => {
  execFileSync(process.execPath, [join(__dirname, '__fixtures__/foreign/app.ts'), folder], { stdio: 'pipe' });
});

afterEach(() => stage.stop());
afterAll(() => rmSync(folder, { recursive: true }));

const start = async (stack: string, ...args: readonly string[]): Promise<void> => {
  stage = await startStageProcess(
    `--template=${join(folder, `${stack}.template.json`)}`,
    '--engine=dynalite',
    ...args,
  );
};

const call = async (url: string, init?: RequestInit): Promise<{ status: number; body: string }> => {
  const response = await fetch(url, init);
  return { status: response.status, body: await response.text() };
};

const tell = async (url: string, init?: RequestInit): Promise<unknown> =>
  JSON.parse((await call(url, init)).body);

/** Base URL of the stage of that name; a pipe may be behind the message that the stage is ready. */
async function urlOf(stageName: string): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const url = stage
      .output()
      .match(/(?<=^ready )\S+/gm)
      ?.find((each) => each.endsWith(`/${stageName}`));
    if (url !== undefined) return url;
    await sleep(20);
  }
  throw new Error(`no stage ${stageName} in ${stage.output()}`);
}

/** What it said at start that it does not play, item by item. */
function notPlayed(): readonly string[] {
  const lines = stage.output().matchAll(/^not played: (.*)$/gm);
  return [...lines].flatMap(([, line = '']) => (/^\w+::/.test(line) ? line.split('; ') : [line]));
}

describe('a stack of LambdaRestApis', () => {
  beforeEach(() => start('Proxy'));

  it('plays a function by way of its alias, for the root and everything below', async () => {
    const base = await urlOf('prod');
    expect(await tell(base)).toMatchObject({ functionName: 'Proxy-told', resource: '/', path: '/' });
    expect(await tell(`${base}/a/b`, { method: 'PATCH' })).toMatchObject({
      functionName: 'Proxy-told',
      resource: '/{proxy+}',
      pathParameters: { proxy: 'a/b' },
    });
  });

  it('plays code that is in the template itself, and what a layer brings', async () => {
    expect(await call(`${await urlOf('inline')}/x`)).toEqual({ status: 200, body: 'inline /x' });
    expect(await call(`${await urlOf('layer')}/x`)).toEqual({ status: 200, body: 'hello from the layer' });
  });

  it('plays a module that leaves the SDK to the runtime', async () => {
    expect(await call(await urlOf('module'))).toEqual({ status: 200, body: 'us-east-1' });
  });
});

describe('a stack of one RestApi with two functions and two stages', () => {
  beforeEach(() => start('Explicit'));

  it('sends each method of each resource to its own function', async () => {
    const base = await urlOf('prod');
    const reads = { settings: { APP_ROLE: 'reads' }, stage: 'prod' };
    const writes = { settings: { APP_ROLE: 'writes' }, stage: 'prod' };
    expect(await tell(`${base}/orders`)).toMatchObject({ ...reads, resource: '/orders' });
    expect(await tell(`${base}/orders`, { method: 'POST' })).toMatchObject({
      ...writes,
      resource: '/orders',
    });
    const one = { resource: '/orders/{id}', pathParameters: { id: '7' } };
    expect(await tell(`${base}/orders/7`)).toMatchObject({ ...reads, ...one });
    expect(await tell(`${base}/orders/7`, { method: 'DELETE' })).toMatchObject({ ...writes, ...one });
    expect((await call(`${base}/orders/7`, { method: 'PUT' })).status).toBe(403);
  });

  it("enforces each stage's throttles in that stage, and a method's own in that method", async () => {
    const [dev, prod] = [await urlOf('dev'), await urlOf('prod')];
    const statuses = async (url: string, method: string, count: number): Promise<readonly number[]> => {
      const seen: number[] = [];
      for (let sent = 0; sent < count; sent += 1) seen.push((await call(url, { method })).status);
      return seen;
    };
    expect(await statuses(`${dev}/orders`, 'GET', 2)).toEqual([200, 429]);
    expect(await statuses(`${dev}/orders`, 'POST', 2)).toEqual([200, 429]);
    expect(await statuses(`${prod}/orders`, 'GET', 4)).toEqual([200, 200, 200, 200]);
    expect(await statuses(`${prod}/orders/7`, 'DELETE', 3)).toEqual([200, 200, 429]);
  });
});

describe('a stack of one HttpApi', () => {
  beforeEach(() => start('Routes'));

  it('sends each route to its own function, and what matches none to the default', async () => {
    const users = expect.stringMatching(/^Routes-Users/) as string;
    expect(await tell(`${stage.baseUrl}/users`)).toMatchObject({
      functionName: users,
      resource: 'GET /users',
      path: '/users',
      stage: '$default',
    });
    expect(await tell(`${stage.baseUrl}/users/7`)).toMatchObject({
      functionName: users,
      resource: 'GET /users/{id}',
      pathParameters: { id: '7' },
    });
    expect(await tell(`${stage.baseUrl}/files/a/b`, { method: 'PUT' })).toMatchObject({
      functionName: users,
      resource: 'ANY /files/{proxy+}',
      pathParameters: { proxy: 'a/b' },
    });
    expect(await tell(`${stage.baseUrl}/else`)).toMatchObject({
      functionName: expect.stringMatching(/^Routes-Rest/) as string,
      resource: '$default',
    });
  });
});

describe.each(['dynalite', 'dynoxide'])('a stack that uses the table of another, with %s', (engine) => {
  beforeEach(() => start('Reader', `--engine=${engine}`));

  it('finds the table under the name the other stack gives it, with its indexes', async () => {
    const answer = await call(stage.baseUrl, { method: 'POST', body: '{"id":"1","owner":"me"}' });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({
      table: expect.stringMatching(/^Data-Table/) as string,
      found: [{ id: { S: '1' }, owner: { S: 'me' } }],
    });
    expect(notPlayed()).toContain('stack Data (but for its tables and the functions that routes call)');
  });
});

describe('a stack of parameters, conditions and mappings', () => {
  const settings = {
    APP_SIZE: 'S',
    APP_SUB: 'Blueprint/small/us-east-1/${kept}',
    APP_JOINED: 'red+green+blue',
    APP_SECOND: 'green',
    APP_SPLIT: 'first',
    APP_IF: 'small or elsewhere',
    APP_BLOCK: '10.0.1.0/24',
    APP_SECRET: 'db:SecretString:password',
  };

  it('works them out, and names what has no value', async () => {
    await start('Blueprint');
    expect(await tell(stage.baseUrl)).toMatchObject({ functionName: 'Blueprint-small-tell', settings });
    expect(stage.output()).toMatch(/variable APP_OWNER of .* give --parameter Owner=<value>/);
    expect(stage.output()).toMatch(/variable APP_IMPORT of .* give --import elsewhere=<value>/);
    expect(stage.output()).toContain('secret db:SecretString:password: its name stands in for its value');
    expect(notPlayed()).not.toContain('AWS::SQS::Queue');
  });

  it('takes the values given for parameters and imports', async () => {
    await start('Blueprint', '--parameter=Tier=large', '--parameter=Owner=a=b', '--import=elsewhere=here');
    expect(await tell(stage.baseUrl)).toMatchObject({
      functionName: 'Blueprint-large-tell',
      settings: {
        ...settings,
        APP_SIZE: 'L',
        APP_SUB: 'Blueprint/large/us-east-1/${kept}',
        APP_IF: 'large here',
        APP_GONE: 'there',
        APP_OWNER: 'a=b',
        APP_IMPORT: 'here',
      },
    });
    expect(stage.output()).not.toContain('variable');
    expect(notPlayed()).toContain('AWS::SQS::Queue');
  });
});

describe('a stack of which not everything can be played', () => {
  beforeEach(() => start('Partly'));

  it('names each thing once and plays the rest', async () => {
    const names = notPlayed();
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(
      expect.arrayContaining([
        'AWS::CloudFormation::Stack',
        'AWS::Lambda::EventSourceMapping',
        'AWS::SNS::Topic',
        'AWS::SQS::Queue',
        'Custom::Settings',
        expect.stringMatching(/^GET \/guarded: authorization CUSTOM \(answers 501\)$/),
        expect.stringMatching(/^GET \/python: integration AWS_PROXY of Partly-Python\w+ \(answers 501\)$/),
        expect.stringMatching(/^function Partly-Python\w+ \(runtime python3\.13\)$/),
        expect.stringMatching(/^function Partly-Worker\w+ \(no route calls it\)$/),
        expect.stringMatching(/^output Colour /),
        expect.stringMatching(/^variable APP_CUSTOM of Partly-Tell/),
      ]),
    );
    expect(await tell(stage.baseUrl)).toMatchObject({
      settings: {
        APP_TOPIC: expect.stringMatching(/^arn:aws:sns:us-east-1:0{12}:Partly-Topic/) as string,
        APP_QUEUE: expect.stringMatching(
          /^https:\/\/sqs\.us-east-1\.amazonaws\.com\/0{12}\/Partly-Queue/,
        ) as string,
      },
    });
    expect((await call(`${stage.baseUrl}/python`)).status).toBe(501);
  });
});
