import { XMLParser } from 'fast-xml-parser';
import { controls, refusalOf } from './__fixtures__/controls.ts';
import { queryProtocol } from './query-protocol.ts';

const CLOUDFORMATION = '2010-05-15';
const STS = '2011-06-15';

const call = (form: Record<string, string>, region = 'us-east-1') => {
  const protocol = queryProtocol(new URLSearchParams(form));
  const answer = protocol.succeed(protocol.call(controls({ region })), 'id-1');
  return { ...answer, xml: new XMLParser({ parseTagValue: false }).parse(answer.body) as object };
};

const REGIONAL = { 'us-east-1': 'aws', 'cn-north-1': 'aws-cn' } as const;

describe('queryProtocol', () => {
  it.each(Object.entries(REGIONAL))(
    'describes the stack in %s, its API at this machine',
    (region, partition) => {
      const { statusCode, headers, xml } = call(
        { Action: 'DescribeStacks', Version: CLOUDFORMATION },
        region,
      );
      expect([statusCode, headers]).toEqual([200, { 'Content-Type': 'text/xml' }]);
      expect(xml).toMatchObject({
        DescribeStacksResponse: {
          DescribeStacksResult: {
            Stacks: {
              member: {
                StackId: `arn:${partition}:cloudformation:${region}:000000000000:stack/Some/local`,
                Outputs: {
                  // The output names a host of us-east-1, which no API of another Region has.
                  member: {
                    OutputValue: expect.stringMatching(
                      region === 'us-east-1' ? /^http:/ : /^https:/,
                    ) as string,
                  },
                },
              },
            },
          },
          ResponseMetadata: { RequestId: 'id-1' },
        },
      });
    },
  );

  it('writes text with marks of XML in it as text', () => {
    const { body } = call({ Action: 'DescribeStacks', Version: CLOUDFORMATION });
    expect(body).toContain('http://127.0.0.1:4510/prod &lt;&amp;&gt;');
  });

  it('gives the template back as it was deployed', () => {
    const { xml } = call({ Action: 'GetTemplate', Version: CLOUDFORMATION, StackName: 'Some' });
    expect(xml).toMatchObject({
      GetTemplateResponse: { GetTemplateResult: { TemplateBody: '{"Resources":{}}' } },
    });
  });

  it('is the same caller for everybody', () => {
    expect(call({ Action: 'GetCallerIdentity', Version: STS }).xml).toMatchObject({
      GetCallerIdentityResponse: { GetCallerIdentityResult: { Account: '000000000000' } },
    });
  });

  it.each([
    [
      'another stack',
      { Action: 'DescribeStacks', Version: CLOUDFORMATION, StackName: 'Other' },
      'ValidationError',
    ],
    ['another action', { Action: 'CreateStack', Version: CLOUDFORMATION }, 'UnknownOperationException'],
    ['an action of another service', { Action: 'DescribeStacks', Version: STS }, 'UnknownOperationException'],
    ['another version', { Action: 'DescribeStacks', Version: '2000-01-01' }, 'UnknownOperationException'],
    ['nothing', {}, 'UnknownOperationException'],
  ])('refuses %s', (_case, form, code) => {
    expect(refusalOf(() => call(form)).code).toBe(code);
  });

  it('writes an error as XML too', () => {
    const protocol = queryProtocol(new URLSearchParams());
    const refusal = refusalOf(() => protocol.call(controls()));
    const { statusCode, body } = protocol.fail({ name: 'AwsError', ...refusal }, 'id-2');
    expect(statusCode).toBe(404);
    expect(body).toMatch(/<Error>.*<Code>UnknownOperationException<\/Code>.*<RequestId>id-2<\/RequestId>/);
  });
});
