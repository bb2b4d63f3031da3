import { readAccessLog } from './access-log-model.ts';

describe('readAccessLog', () => {
  it.each([
    ['arn:aws:logs:us-east-1:000000000000:log-group:/api/access', '/api/access'],
    ['arn:aws:logs:us-east-1:000000000000:log-group:/api/access:*', '/api/access'],
    ['arn:aws:firehose:us-east-1:000000000000:deliverystream/amazon-apigateway-x', 'amazon-apigateway-x'],
    ['plain', 'plain'],
  ])('takes the name out of %s', (DestinationArn, logGroupName) => {
    expect(readAccessLog({ DestinationArn, Format: 'f' })).toEqual({ format: 'f', logGroupName });
  });

  it.each([[undefined], [{ Format: 'f' }], [{ DestinationArn: 'a' }]])('reads %p as none', (setting) => {
    expect(readAccessLog(setting)).toBeNull();
  });
});
