import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { controls } from './__fixtures__/controls.ts';
import { AwsError } from './aws-error.ts';
import type { ControlProtocol } from './choose-protocol.ts';
import { queryProtocol } from './query-protocol.ts';
import { REST_OPERATIONS } from './rest-json-protocol.ts';
import { targetJsonProtocol } from './target-json-protocol.ts';

const OTHERS = [
  ['DescribeStacks', queryProtocol(new URLSearchParams('Action=DescribeStacks&Version=2010-05-15'))],
  ['GetTemplate', queryProtocol(new URLSearchParams('Action=GetTemplate&Version=2010-05-15'))],
  ['GetCallerIdentity', queryProtocol(new URLSearchParams('Action=GetCallerIdentity&Version=2011-06-15'))],
  ['GetMetricData', targetJsonProtocol('GraniteServiceVersion20100801.GetMetricData', null)],
  ['DescribeLimits', targetJsonProtocol('DynamoDB_20120810.DescribeLimits', null)],
  ['GetServiceQuota', targetJsonProtocol('ServiceQuotasV20190624.GetServiceQuota', null)],
] as const;

/** Every name of an operation in the section of the README about them; `Get/PutX` is two. */
function listed(): readonly string[] {
  const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');
  const [, section = ''] = readme.split(/^## .*AWS endpoint answers.*$/m);
  const [table = ''] = section.split(/^## /m);
  const names = [...table.matchAll(/\b([A-Z][a-z]+(?:\/[A-Z][a-z]+)*)([A-Z]\w+)?\b/g)].flatMap(
    ([, verbs = '', noun = '']) => verbs.split('/').map((verb) => `${verb}${noun}`),
  );
  return names.filter((name) => /^(Get|Put|Publish|Update|Delete|Describe|List|Tag|Untag)[A-Z]/.test(name));
}

/** Whether it is answered, or refused for what the call lacks. */
function outcomeOf(protocol: ControlProtocol): string {
  try {
    protocol.call(controls());
    return 'answered';
  } catch (error) {
    return error instanceof AwsError ? error.code : String(error);
  }
}

describe('the README', () => {
  it('lists what the AWS endpoint answers, and nothing else', () => {
    const answered = [...REST_OPERATIONS, ...OTHERS.map(([name]) => ({ name }))].map(({ name }) => name);
    expect([...new Set(listed())].sort()).toEqual([...new Set(answered)].sort());
  });

  it.each(OTHERS)('is right about %s', (_name, protocol) => {
    expect(outcomeOf(protocol)).not.toBe('UnknownOperationException');
  });
});
