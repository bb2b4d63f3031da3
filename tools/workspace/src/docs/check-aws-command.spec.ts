import { awsProblem } from './check-aws-command.ts';

describe('awsProblem', () => {
  it.each([
    'sts get-caller-identity --query Account',
    'apigateway update-stage --rest-api-id a --stage-name prod --patch-operations op=replace',
    'dynamodb describe-table --table-name a --output text',
    'logs tail a --since 15m',
  ])('has nothing against %s', (line) => expect(awsProblem(line.split(' '))).toBeNull());

  it.each([
    ['sts get-caller --query Account', 'aws sts has no get-caller that is known here'],
    ['lamda get-function', 'aws lamda has no get-function that is known here'],
    ['dynamodb describe-table --table a', 'aws dynamodb describe-table has no option --table'],
    ['logs tail a --sinse=15m', 'aws logs tail has no option --sinse'],
  ])('names what is wrong with %s', (line, problem) => expect(awsProblem(line.split(' '))).toBe(problem));
});
