import type { LocalStage } from './local-stage.ts';
import type { RestMethodModel } from './template/rest/rest-stage-model.ts';

/** What is printed once the stage answers: where it is, a call that works, and where its AWS endpoint is. */
export function startUpLines(
  { baseUrl, awsEndpoint, model }: LocalStage,
  logDirectory: string | undefined,
): readonly string[] {
  const methods = model.restStages[0]?.methods ?? [];
  const shown = methods.find(takesEntries) ?? methods[0];
  return [
    `ready ${baseUrl}`,
    ...(shown ? [curlLine(baseUrl, shown)] : []),
    `aws endpoint ${awsEndpoint} (AWS_ENDPOINT_URL=${awsEndpoint} AWS_REGION=${model.region}, any credentials)`,
    ...(logDirectory === undefined ? [] : [`logs ${logDirectory}`]),
  ];
}

function takesEntries({ httpMethod, resourcePath }: RestMethodModel): boolean {
  return resourcePath === '/' && httpMethod === 'POST';
}

function curlLine(baseUrl: string, method: RestMethodModel): string {
  if (takesEntries(method)) {
    return `curl -X POST ${baseUrl} -d '{"year":"2023","title":"kkkg","id":"12"}'`;
  }
  const path = method.resourcePath === '/' ? '' : method.resourcePath.replaceAll(/\{.*?\}/g, 'x');
  return `curl -X ${method.httpMethod === 'ANY' ? 'GET' : method.httpMethod} ${baseUrl}${path}`;
}
