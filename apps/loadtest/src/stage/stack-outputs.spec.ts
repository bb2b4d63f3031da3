import * as z from 'zod';
import { parseOutputs } from './stack-outputs.ts';

const common = {
  ApiUrl: 'https://a.execute-api.eu-west-1.amazonaws.com/prod/',
  ApiStageName: 'prod',
  FunctionName: 'f',
  TableName: 't',
};

describe('parseOutputs', () => {
  it.each([
    { ...common, RestApiId: 'r' },
    { ...common, HttpApiId: 'h' },
    { ...common, RestApiId: 'r', FunctionAlias: 'live' },
  ])('takes %j, whatever else the stack says', (outputs) => {
    expect(parseOutputs({ ...outputs, VpcId: 'vpc-1' })).toEqual({ success: true, data: outputs });
  });

  it.each<[string, object, RegExp[]]>([
    ['no API', common, [/want one of RestApiId, HttpApiId/]],
    ['two APIs', { ...common, RestApiId: 'r', HttpApiId: 'h' }, [/want one of RestApiId, HttpApiId/]],
    ['no table', { ...common, TableName: undefined, RestApiId: 'r' }, [/at TableName/]],
    [
      'nothing',
      {},
      [/at ApiUrl/, /at ApiStageName/, /at FunctionName/, /at TableName/, /one of RestApiId, HttpApiId/],
    ],
  ])('names what is missing from a stack with %s', (_what, outputs, messages) => {
    const { error } = parseOutputs(outputs);
    for (const message of messages) expect(error && z.prettifyError(error)).toMatch(message);
  });
});
