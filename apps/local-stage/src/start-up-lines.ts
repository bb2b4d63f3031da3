import type { LocalStage } from './local-stage.ts';

/** One call that the stage answers. */
interface SampleCall {
  readonly httpMethod: string;
  /** `/`, `/entries/{id}`. */
  readonly path: string;
}

/** What is printed once the stage answers: where it is, a call that works, and where its AWS endpoint is. */
export function startUpLines(
  { baseUrls, awsEndpoint, model }: LocalStage,
  logDirectory: string | undefined,
): readonly string[] {
  const calls = sampleCalls(model);
  const shown = calls.find(takesEntries) ?? calls[0];
  return [
    ...baseUrls.map((baseUrl) => `ready ${baseUrl}`),
    ...(shown ? [curlLine(baseUrls[0] ?? '', shown)] : []),
    ...model.apiKeys.map(apiKeyLine),
    `aws endpoint ${awsEndpoint} (AWS_ENDPOINT_URL=${awsEndpoint} AWS_REGION=${model.region}, any credentials)`,
    ...(logDirectory === undefined ? [] : [`logs ${logDirectory}`]),
  ];
}

/** What AWS would show in its console: the value to send as `x-api-key`. */
function apiKeyLine({ name, value, isEnabled }: LocalStage['model']['apiKeys'][number]): string {
  return `api key ${name}: ${value}${isEnabled ? '' : ' (disabled)'}`;
}

/** Of the first stage. */
function sampleCalls({ restStages, httpStages }: LocalStage['model']): readonly SampleCall[] {
  if (restStages[0]) {
    const { methods } = restStages[0];
    const open = methods.filter(
      (method) => method.functionName !== null && method.authorization === 'NONE' && !method.isApiKeyRequired,
    );
    return (open.length > 0 ? open : methods).map(({ httpMethod, resourcePath }) => ({
      httpMethod,
      path: resourcePath,
    }));
  }
  return (httpStages[0]?.routes ?? []).map(({ routeKey }) => {
    const [httpMethod = 'ANY', path = '/'] = routeKey === '$default' ? [] : routeKey.split(' ');
    return { httpMethod, path };
  });
}

function takesEntries({ httpMethod, path }: SampleCall): boolean {
  return path === '/' && httpMethod === 'POST';
}

function curlLine(baseUrl: string, call: SampleCall): string {
  if (takesEntries(call)) return `curl -X POST ${baseUrl} -d '{"year":"2023","title":"kkkg","id":"12"}'`;
  const path = call.path === '/' ? '' : call.path.replaceAll(/\{.*?\}/g, 'x');
  return `curl -X ${call.httpMethod === 'ANY' ? 'GET' : call.httpMethod} ${baseUrl}${path}`;
}
