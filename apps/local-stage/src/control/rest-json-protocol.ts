import { getRestApi, getStage, updateStage } from './answer-api-gateway.ts';
import { deleteRouteSettings, getHttpApi, getHttpStage, updateHttpStage } from './answer-api-gateway-v2.ts';
import {
  deleteFunctionConcurrency,
  getAccountSettings,
  getFunctionConcurrency,
  getFunctionConfiguration,
  putFunctionConcurrency,
  updateFunctionConfiguration,
} from './answer-lambda.ts';
import { getAlias, publishVersion, updateAlias } from './answer-lambda-versions.ts';
import { listTags, tagResource, untagResource } from './answer-lambda-tags.ts';
import { AwsError, unknownOperation } from './aws-error.ts';
import type { ControlProtocol } from './choose-protocol.ts';
import { parseJsonBody } from './parse-input.ts';
import type { StageControls } from './stage-controls.ts';

interface Operation {
  /** As AWS and the README call it. */
  readonly name: string;
  readonly method: string;
  readonly path: RegExp;
  answer(
    names: readonly [string, string, string],
    input: unknown,
    controls: StageControls,
    query: URLSearchParams,
  ): unknown;
}

const REST_API = /^\/restapis\/([^/]+)$/;
const STAGE = /^\/restapis\/([^/]+)\/stages\/([^/]+)$/;
const HTTP_API = /^\/v2\/apis\/([^/]+)$/;
const HTTP_STAGE = /^\/v2\/apis\/([^/]+)\/stages\/([^/]+)$/;
const ROUTE_SETTINGS = /^\/v2\/apis\/([^/]+)\/stages\/([^/]+)\/routesettings\/([^/]+)$/;
const CONFIGURATION = /^\/2015-03-31\/functions\/([^/]+)\/configuration$/;
const VERSIONS = /^\/2015-03-31\/functions\/([^/]+)\/versions$/;
const ALIAS = /^\/2015-03-31\/functions\/([^/]+)\/aliases\/([^/]+)$/;
const CONCURRENCY = /^\/2017-10-31\/functions\/([^/]+)\/concurrency$/;
const ACCOUNT_SETTINGS = /^\/2016-08-19\/account-settings\/?$/;
const TAGS = /^\/2017-03-31\/tags\/([^/]+)$/;
const CONCURRENCY_READ = /^\/2019-09-30\/functions\/([^/]+)\/concurrency$/;

/** Everything that is answered in this protocol. */
export const REST_OPERATIONS: readonly Operation[] = [
  {
    name: 'GetAccountSettings',
    method: 'GET',
    path: ACCOUNT_SETTINGS,
    answer: (_names, _input, controls) => getAccountSettings(controls),
  },
  {
    name: 'GetRestApi',
    method: 'GET',
    path: REST_API,
    answer: ([id], _, controls) => getRestApi(id, controls),
  },
  {
    name: 'GetStage',
    method: 'GET',
    path: STAGE,
    answer: ([id, name], _, controls) => getStage(id, name, controls),
  },
  {
    name: 'UpdateStage',
    method: 'PATCH',
    path: STAGE,
    answer: ([id, name], input, controls) => updateStage(id, name, input, controls),
  },
  {
    name: 'GetApi',
    method: 'GET',
    path: HTTP_API,
    answer: ([id], _, controls) => getHttpApi(id, controls),
  },
  {
    name: 'GetStage',
    method: 'GET',
    path: HTTP_STAGE,
    answer: ([id, name], _, controls) => getHttpStage(id, name, controls),
  },
  {
    name: 'UpdateStage',
    method: 'PATCH',
    path: HTTP_STAGE,
    answer: ([id, name], input, controls) => updateHttpStage(id, name, input, controls),
  },
  {
    name: 'DeleteRouteSettings',
    method: 'DELETE',
    path: ROUTE_SETTINGS,
    answer: ([id, name, key], _, controls) => deleteRouteSettings(id, name, key, controls),
  },
  {
    name: 'GetFunctionConfiguration',
    method: 'GET',
    path: CONFIGURATION,
    answer: ([name], _, controls, query) => getFunctionConfiguration(name, controls, query.get('Qualifier')),
  },
  {
    name: 'UpdateFunctionConfiguration',
    method: 'PUT',
    path: CONFIGURATION,
    answer: ([name], input, controls) => updateFunctionConfiguration(name, input, controls),
  },
  {
    name: 'PublishVersion',
    method: 'POST',
    path: VERSIONS,
    answer: ([name], input, controls) => publishVersion(name, input, controls),
  },
  {
    name: 'GetAlias',
    method: 'GET',
    path: ALIAS,
    answer: ([name, alias], _, controls) => getAlias(name, alias, controls),
  },
  {
    name: 'UpdateAlias',
    method: 'PUT',
    path: ALIAS,
    answer: ([name, alias], input, controls) => updateAlias(name, alias, input, controls),
  },
  {
    name: 'GetFunctionConcurrency',
    method: 'GET',
    path: CONCURRENCY_READ,
    answer: ([name], _, controls) => getFunctionConcurrency(name, controls),
  },
  {
    name: 'PutFunctionConcurrency',
    method: 'PUT',
    path: CONCURRENCY,
    answer: ([name], input, controls) => putFunctionConcurrency(name, input, controls),
  },
  {
    name: 'DeleteFunctionConcurrency',
    method: 'DELETE',
    path: CONCURRENCY,
    answer: ([name], _, controls) => deleteFunctionConcurrency(name, controls),
  },
  {
    name: 'ListTags',
    method: 'GET',
    path: TAGS,
    answer: ([arn], _, controls) => listTags(arn, controls),
  },
  {
    name: 'TagResource',
    method: 'POST',
    path: TAGS,
    answer: ([arn], input, controls) => tagResource(arn, input, controls),
  },
  {
    name: 'UntagResource',
    method: 'DELETE',
    path: TAGS,
    answer: ([arn], _, controls, query) => untagResource(arn, query.getAll('tagKeys'), controls),
  },
];

const HEADERS = { 'Content-Type': 'application/json' };

/** @throws AwsError on what is no percent-encoding */
function decodeName(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw new AwsError('BadRequestException', `${encoded} is no percent-encoded name`);
  }
}

/** REST with JSON, as API Gateway and Lambda speak it: method and path say the operation. */
export function restJsonProtocol(method: string, url: string, body: Buffer | null): ControlProtocol {
  const [path = '/', query = ''] = url.split('?', 2);
  return {
    call: (controls) => {
      for (const operation of REST_OPERATIONS) {
        const names = operation.method === method ? operation.path.exec(path) : null;
        if (!names) continue;
        const [first = '', second = '', third = ''] = names.slice(1).map(decodeName);
        const parameters = new URLSearchParams(query);
        return operation.answer([first, second, third], parseJsonBody(body), controls, parameters);
      }
      throw unknownOperation(`${method} ${path}`);
    },
    succeed: (result) =>
      result === null
        ? { statusCode: 204, headers: {}, body: '' }
        : { statusCode: 200, headers: HEADERS, body: JSON.stringify(result) },
    fail: (error) => ({
      statusCode: error.statusCode,
      headers: { ...HEADERS, 'x-amzn-ErrorType': error.code },
      body: JSON.stringify({ Type: 'User', message: error.message }),
    }),
  };
}
