import type { LocalStage } from './local-stage.ts';
import type { StageModel } from './template/stage-model.ts';

/** One call that the stage answers. */
interface SampleCall {
  readonly httpMethod: string;
  /** `/`, `/entries/{id}`. */
  readonly path: string;
}

/** What is printed once the stage answers: where it is, a call that works, and where its AWS endpoint is. */
export function startUpLines(
  { baseUrls, awsEndpoint, model }: Pick<LocalStage, 'baseUrls' | 'awsEndpoint' | 'model'>,
  logDirectory: string | undefined,
): readonly string[] {
  return [
    ...readyLines(baseUrls, model),
    ...curlLines(baseUrls, model),
    ...model.apiKeys.map(apiKeyLine),
    `aws endpoint ${awsEndpoint} (AWS_ENDPOINT_URL=${awsEndpoint} AWS_REGION=${model.region}, any credentials)`,
    ...(logDirectory === undefined ? [] : [`logs ${logDirectory}`]),
  ];
}

/** With the API's name where there are several. */
function readyLines(baseUrls: readonly string[], { restStages, httpStages }: StageModel): readonly string[] {
  const stages = [...restStages, ...httpStages];
  const hasOneApi = stages.every(({ apiId }) => apiId === stages[0]?.apiId);
  return baseUrls.map((baseUrl, i) => `ready ${baseUrl}${hasOneApi ? '' : ` (${stages[i]?.apiName})`}`);
}

/** What AWS would show in its console: the value to send as `x-api-key`. */
function apiKeyLine({ name, value, isEnabled }: StageModel['apiKeys'][number]): string {
  return `api key ${name}: ${value}${isEnabled ? '' : ' (disabled)'}`;
}

/** Of the first stage that has a call which needs neither a key nor a signature; none where no stage has. */
function curlLines(baseUrls: readonly string[], model: StageModel): readonly string[] {
  const callsOfStages = [
    ...model.restStages.map(({ methods }) => openMethods(methods)),
    ...model.httpStages.map(({ routes }) => openRoutes(routes)),
  ];
  const index = callsOfStages.findIndex((calls) => calls.length > 0);
  const calls = callsOfStages[index] ?? [];
  const shown = calls.find(takesEntries) ?? calls[0];
  return shown ? [curlLine(baseUrls[index] ?? '', shown, model.stackName)] : [];
}

function openMethods(methods: StageModel['restStages'][number]['methods']): readonly SampleCall[] {
  return methods
    .filter(
      ({ functionName, mock, authorization, isApiKeyRequired }) =>
        (functionName !== null || mock !== null) && authorization === 'NONE' && !isApiKeyRequired,
    )
    .map(({ httpMethod, resourcePath }) => ({ httpMethod, path: resourcePath }));
}

function openRoutes(routes: StageModel['httpStages'][number]['routes']): readonly SampleCall[] {
  return routes
    .filter(({ functionName, authorizationType }) => functionName !== null && authorizationType === 'NONE')
    .map(({ routeKey }) => {
      const [httpMethod = 'ANY', path = '/'] = routeKey === '$default' ? [] : routeKey.split(' ');
      return { httpMethod, path };
    });
}

function takesEntries({ httpMethod, path }: SampleCall): boolean {
  return path === '/' && httpMethod === 'POST';
}

function curlLine(baseUrl: string, call: SampleCall, stackName: string): string {
  if (takesEntries(call)) {
    // Ours wants an entry; of another's handler nothing is known.
    const body = stackName.startsWith('Spillway') ? '{"year":"2023","title":"kkkg","id":"12"}' : '{}';
    return `curl -X POST ${baseUrl} -d '${body}'`;
  }
  const path = call.path === '/' ? '' : call.path.replaceAll(/\{.*?\}/g, 'x');
  return `curl -X ${call.httpMethod === 'ANY' ? 'GET' : call.httpMethod} ${baseUrl}${path}`;
}
