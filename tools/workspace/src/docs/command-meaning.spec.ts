import { meaningOf, type Projects } from './command-meaning.ts';

const projects: Projects = new Map([
  [
    'a',
    new Map([
      ['run', 'tool'],
      ['deploy', 'tool deploy'],
      ['test', null],
    ]),
  ],
]);
const meaning = (line: string) => meaningOf(line.split(' '), projects);

describe('meaningOf', () => {
  it.each([
    ['npx nx run a --x', { kind: 'target', project: 'a', target: 'run', args: ['--x'] }],
    ['npx nx run a:deploy', { kind: 'target', project: 'a', target: 'deploy', args: [] }],
    ['npx nx deploy a -- --x', { kind: 'target', project: 'a', target: 'deploy', args: ['--x'] }],
    ['npx tool --x', { kind: 'program', name: 'tool', args: ['--x'] }],
    ['aws sts get', { kind: 'aws', args: ['sts', 'get'] }],
    ['npx nx affected -t deploy test', { kind: 'foreign' }],
    ['npx nx release publish', { kind: 'foreign' }],
    ['npm ci', { kind: 'foreign' }],
    ['npx nx run b', { kind: 'wrong', problem: 'no project "b"' }],
    ['npx nx run a:b', { kind: 'wrong', problem: 'project a has no target "b"' }],
    ['npx nx serve a', { kind: 'wrong', problem: 'project a has no target "serve"' }],
    ['npx nx run-many -t deploy b', { kind: 'wrong', problem: 'no project has "b"' }],
    ['npx nx run-many', { kind: 'wrong', problem: 'no target after -t' }],
  ])('of %s', (line, wanted) => expect(meaning(line)).toEqual(wanted));
});
