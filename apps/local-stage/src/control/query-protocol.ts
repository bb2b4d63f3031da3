import { XMLBuilder } from 'fast-xml-parser';
import { answerCloudFormation } from './answer-cloudformation.ts';
import { answerSts } from './answer-sts.ts';
import { unknownOperation } from './aws-error.ts';
import type { ControlProtocol } from './choose-protocol.ts';

const NAMESPACES: Readonly<Record<string, string>> = {
  '2010-05-15': 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
  '2011-06-15': 'https://sts.amazonaws.com/doc/2011-06-15/',
};

const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@' });
const HEADERS = { 'Content-Type': 'text/xml' };

/** AWS Query: a form in, XML out; the form's `Version` tells the services apart. */
export function queryProtocol(parameters: URLSearchParams): ControlProtocol {
  const action = parameters.get('Action') ?? '';
  const version = parameters.get('Version') ?? '';
  const namespace = NAMESPACES[version] ?? '';
  return {
    call: (controls) => {
      if (version === '2010-05-15') return answerCloudFormation(action, parameters, controls);
      if (version === '2011-06-15') return answerSts(action, controls);
      throw unknownOperation(`${action} of version ${version}`);
    },
    succeed: (result, requestId) => ({
      statusCode: 200,
      headers: HEADERS,
      body: builder.build({
        [`${action}Response`]: {
          '@xmlns': namespace,
          [`${action}Result`]: result,
          ResponseMetadata: { RequestId: requestId },
        },
      }),
    }),
    fail: (error, requestId) => ({
      statusCode: error.statusCode,
      headers: HEADERS,
      body: builder.build({
        ErrorResponse: {
          '@xmlns': namespace,
          Error: { Type: 'Sender', Code: error.code, Message: error.message },
          RequestId: requestId,
        },
      }),
    }),
  };
}
