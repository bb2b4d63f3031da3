import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DocumentedAnswers, type AnswerRead } from './documented-answers.ts';
import { synthesizeStages } from './ingest-stages.ts';
import { startStageProcess, type StageProcess } from './stage-process.ts';

/** As `npx nx synth infra` leaves it; the e2e target depends on that. */
const SHIPPED = join(__dirname, '../../infra/cdk.out/Spillway-local.template.json');

type Resource = { readonly Type: string; readonly Properties: Record<string, unknown> };
/** What makes a stage answer as it seldom does: a change of its template, options of the local stage. */
interface Spoiling {
  readonly edit?: (resource: Resource) => void;
  readonly options?: readonly string[];
}

/** A bucket that holds one request for as long as a test may take. */
const ONE_REQUEST = { ThrottlingRateLimit: 0.001, ThrottlingBurstLimit: 1 };
const SHORTEST_TIMEOUT_MS = 50;

const spoilings = {
  nothing: {},
  'a table that throttles': { options: ['--table-fault=throttle'] },
  'a table that is not there': { edit: onFunction({ Environment: { Variables: { TABLE_NAME: 'none' } } }) },
  'a function that does not start': { edit: onFunction({ Environment: { Variables: {} } }) },
  'a table that never answers': {
    options: ['--table-fault=blackhole'],
    edit: ({ Type, Properties }) => {
      const { Integration } = Properties as { Integration?: Record<string, unknown> };
      if (Integration) Integration['TimeoutInMillis'] = SHORTEST_TIMEOUT_MS;
      if (Type === 'AWS::ApiGatewayV2::Integration') Properties['TimeoutInMillis'] = SHORTEST_TIMEOUT_MS;
    },
  },
  'no concurrency and one request': {
    edit: (resource) => {
      onFunction({ ReservedConcurrentExecutions: 0 })(resource);
      const { MethodSettings, RouteSettings } = resource.Properties as Record<string, object[] | undefined>;
      for (const settings of Object.values({ ...MethodSettings, ...RouteSettings }))
        Object.assign(settings, ONE_REQUEST);
      if (resource.Type === 'AWS::ApiGatewayV2::Stage')
        resource.Properties['DefaultRouteSettings'] = ONE_REQUEST;
    },
  },
} satisfies Readonly<Record<string, Spoiling>>;

const entry = { id: '12', title: 'kkkg', year: 2023 };
const other = { ...entry, title: 'another' };
const invalid = { ...entry, title: undefined };
/** Accepted by the gateway's model, refused by the service. */
const tooDeep = { ...entry, attributes: JSON.parse('{"a":'.repeat(40) + '1' + '}'.repeat(40)) as object };
const tooLarge = { ...entry, attributes: { a: 'x'.repeat(409_600) } };
const batch = (...entries: readonly object[]) => ({ entries });
const spaces = (count: number) => ' '.repeat(count);

type Kind = 'rest' | 'http';
type Row = readonly [
  path: '/' | '/batch',
  what: string,
  body: unknown,
  status: number | Record<Kind, number>,
];

/** In order: what was stored by one request is met by the next. */
const rows: Readonly<Record<keyof typeof spoilings, readonly Row[]>> = {
  nothing: [
    ['/', 'an entry', entry, 200],
    ['/', 'what is no entry', invalid, 400],
    ['/', 'what only the service sees is no entry', tooDeep, 400],
    ['/', 'an id that is taken', other, 409],
    ['/', 'an entry beyond 400 KB', tooLarge, 413],
    ['/', 'an entry that no invocation takes', { ...entry, title: 'x'.repeat(6_300_000) }, 413],
    ['/', 'a body that no gateway takes', spaces(10_485_761), 413],
    ['/batch', 'entries', batch(entry, { ...entry, id: '13' }), 200],
    ['/batch', 'entries of all kinds', batch(entry, other, invalid, tooLarge), 207],
    ['/batch', 'what is no batch', {}, 400],
    ['/batch', 'what only the service sees is no batch', '{"entries":[1],"entries":[2]}', 400],
    ['/batch', 'a batch beyond 5 MB', `{"entries":[1${spaces(5_242_880)}]}`, 413],
    ['/batch', 'a batch that no invocation takes', `{"entries":[1${spaces(6_300_000)}]}`, 413],
    ['/batch', 'a body that no gateway takes', spaces(10_485_761), 413],
  ],
  'a table that throttles': [
    ['/', 'an entry', entry, 503],
    ['/batch', 'entries', batch(entry), 503],
    ['/batch', 'entries, some invalid', batch(entry, invalid), 207],
  ],
  'a table that is not there': [
    ['/', 'an entry', entry, 500],
    ['/batch', 'entries', batch(entry), 500],
  ],
  'a function that does not start': [
    ['/', 'an entry', entry, { rest: 502, http: 500 }],
    ['/batch', 'entries', batch(entry), { rest: 502, http: 500 }],
  ],
  'a table that never answers': [
    ['/', 'an entry', entry, { rest: 504, http: 503 }],
    ['/batch', 'entries', batch(entry), { rest: 504, http: 503 }],
  ],
  'no concurrency and one request': [
    ['/', 'an entry', entry, 503],
    ['/', 'another', entry, 429],
    ['/batch', 'entries', batch(entry), 503],
    ['/batch', 'others', batch(entry), 429],
  ],
};

const unsigned: readonly Row[] = [
  ['/', 'an entry', entry, 403],
  ['/batch', 'entries', batch(entry), 403],
];

/** Fourteen stages, one after the other. */
const PLAYING_MS = 240_000;

const KINDS = [
  { kind: 'rest', open: 'local', signed: 'dev' },
  { kind: 'http', open: 'http', signed: 'http-iam' },
] as const;

describe('DocumentedAnswers', () => {
  it.each([
    ['{"message":"Successfully inserted data!"}', []],
    ['<html>', ['POST / 200: body is no JSON: <html>']],
  ])('has for body %s the problems %j', (body, problems) => {
    const headers = new Headers({ 'content-type': 'application/json' });
    expect(new DocumentedAnswers().problemsOf('/', { status: 200, headers, body })).toEqual(problems);
  });
});

describe('libs/shared/openapi.json and what a stage answers', () => {
  const answers = new DocumentedAnswers();
  const folder = mkdtempSync(join(tmpdir(), 'spillway-answers-'));
  /** `kind spoiling path what` → status and what the document does not say of the answer. */
  const seen = new Map<string, readonly [status: number, problems: readonly string[]]>();

  // All stages first, so that every test finds all answers whichever tests are run.
  beforeAll(async () => {
    const synthesized = synthesizeStages({
      http: { api: 'http', auth: 'none' },
      'http-iam': { api: 'http', auth: 'iam' },
    });
    cpSync(dirname(SHIPPED), join(folder, 'rest'), { recursive: true });
    cpSync(dirname(synthesized.fileOf('http')), join(folder, 'http'), { recursive: true });
    synthesized.dispose();
    for (const { kind, open, signed } of KINDS) {
      for (const [name, spoiling] of Object.entries<Spoiling>(spoilings))
        await play(kind, open, name, spoiling, rows[name as keyof typeof spoilings]);
      await play(kind, signed, 'no signature', {}, unsigned);
    }
  }, PLAYING_MS);
  afterAll(() => rmSync(folder, { recursive: true }));

  const play = async (
    kind: Kind,
    stageName: string,
    name: string,
    spoiling: Spoiling,
    requests: readonly Row[],
  ): Promise<void> => {
    const stage = await start(join(folder, kind), stageName, spoiling);
    try {
      for (const [path, what, body] of requests) {
        const answer = await post(stage, path, body);
        seen.set(`${kind} ${name} ${path} ${what}`, [answer.status, answers.problemsOf(path, answer)]);
      }
    } finally {
      await stage.stop();
    }
  };

  describe.each(KINDS)('$kind', ({ kind }) => {
    describe.each(Object.entries({ ...rows, 'no signature': unsigned }))('with %s', (name, requests) => {
      it.each(requests)('%s: answers %s as documented', (path, what, _body, expected) => {
        const status = typeof expected === 'number' ? expected : expected[kind];
        expect(seen.get(`${kind} ${name} ${path} ${what}`)).toEqual([status, []]);
      });
    });
  });

  it('the document says nothing that no stage answers', () => {
    expect(answers.unseen()).toEqual([]);
  });
});

/** A stage of the template in `folder`, spoilt. */
async function start(folder: string, name: string, { edit, options = [] }: Spoiling): Promise<StageProcess> {
  const text = readFileSync(join(folder, `Spillway-${name}.template.json`), 'utf8');
  const template = JSON.parse(text) as { readonly Resources: Record<string, Resource> };
  if (edit) Object.values(template.Resources).forEach(edit);
  // The local stage finds a function's code by the list of assets that has the template's name.
  cpSync(join(folder, `Spillway-${name}.assets.json`), join(folder, 'Edited.assets.json'));
  const edited = join(folder, 'Edited.template.json');
  writeFileSync(edited, JSON.stringify(template));
  return startStageProcess(`--template=${edited}`, '--engine=dynalite', ...options);
}

async function post(stage: StageProcess, path: string, body: unknown): Promise<AnswerRead> {
  const response = await fetch(`${stage.baseUrl.replace(/\/$/, '')}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

function onFunction(properties: Record<string, unknown>) {
  return ({ Type, Properties }: Resource): void => {
    if (Type === 'AWS::Lambda::Function') Object.assign(Properties, properties);
  };
}
