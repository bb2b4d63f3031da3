import { simpleCommands } from './simple-commands.ts';

describe('simpleCommands', () => {
  it.each<[string, string[][]]>([
    ['npx nx run a  # said', [['npx', 'nx', 'run', 'a']]],
    [
      'npm ci && npm test',
      [
        ['npm', 'ci'],
        ['npm', 'test'],
      ],
    ],
    [
      'A=1 aws logs tail <log> --x \'{ $.s = "5*" }\'',
      [['aws', 'logs', 'tail', 'PLACEHOLDER', '--x', '{ $.s = "5*" }']],
    ],
    [
      'url=$(aws sts get-caller-identity --query Account)',
      [['aws', 'sts', 'get-caller-identity', '--query', 'Account']],
    ],
    ['throttle update [run]', [['throttle', 'update', 'PLACEHOLDER']]],
    ['export A=1 B=2', []],
    ['eval "$(aws configure export-credentials)"', [['aws', 'configure', 'export-credentials']]],
  ])('of %s', (line, words) => expect(simpleCommands(line)).toEqual(words));
});
