import { notPlayedLines } from './not-played-lines.ts';

describe('notPlayedLines', () => {
  it('gives each finding a line of its own, in order, and the types and properties one together', () => {
    const found = [
      'function Fn (runtime python3.13)',
      'AWS::SQS::Queue',
      'POST /: integration AWS_PROXY of Fn (answers 501)',
      'AWS::DynamoDB::Table.Tags',
      'Custom::Thing',
      'AWS::ApiGateway::Stage.MethodSettings: caching',
    ];
    expect(notPlayedLines(found)).toEqual([
      'not played: function Fn (runtime python3.13)',
      'not played: POST /: integration AWS_PROXY of Fn (answers 501)',
      'not played: AWS::ApiGateway::Stage.MethodSettings: caching',
      'not played: AWS::SQS::Queue; AWS::DynamoDB::Table.Tags; Custom::Thing',
    ]);
  });

  it('says nothing of nothing', () => {
    expect(notPlayedLines([])).toEqual([]);
  });
});
