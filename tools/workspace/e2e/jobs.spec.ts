import { globSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { readWorkflow } from './job/read-github.ts';

const workflows = globSync('*.yml', { cwd: resolve(import.meta.dirname, '../../../.github/workflows') })
  .map((file) => basename(file, '.yml'))
  .sort();
const jobs = workflows.flatMap((workflow) =>
  Object.entries(readWorkflow(workflow).jobs).map(([name, job]) => ({ workflow, name, job })),
);

/** What each job may do with this repository; a job that is not here may do nothing and is not run. */
const PERMISSIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'ci main': { contents: 'read' },
  'ci check': { contents: 'read' },
  'ci loop': { contents: 'read' },
  'ci comment': { contents: 'read', 'pull-requests': 'write' },
  'deploy plan': { actions: 'read', contents: 'read', deployments: 'read' },
  'deploy deploy': { actions: 'write', contents: 'read', 'id-token': 'write', 'pull-requests': 'read' },
  'loadtest measure': { contents: 'read', 'id-token': 'write' },
  'loadtest propose': { actions: 'write', contents: 'write', 'pull-requests': 'write' },
  'loadtest verify': { contents: 'read', 'pull-requests': 'write' },
  'release release': { contents: 'write', 'id-token': 'write' },
};

describe('the jobs of all workflows', () => {
  it('have the permissions that somebody has looked at', () => {
    const found = jobs.map(({ workflow, name, job }) => [`${workflow} ${name}`, job.permissions]);
    expect(Object.fromEntries(found)).toEqual(PERMISSIONS);
  });

  it.each(workflows)('have none in %s but their own', (workflow) => {
    expect(readWorkflow(workflow)).toMatchObject({ permissions: {} });
  });

  it.each(jobs)('are each run by a test: $workflow $name', ({ workflow, name }) => {
    const spec = readFileSync(join(import.meta.dirname, `${workflow}.spec.ts`), 'utf8');
    expect(spec).toContain(`runJob('${workflow}', '${name}'`);
  });

  it('take a role of AWS only in an environment, on which its trust rests', () => {
    const withRole = jobs.filter(({ job }) => job.steps.some(({ uses }) => uses?.startsWith('aws-actions/')));
    expect(withRole.map(({ workflow }) => workflow)).toEqual(['deploy', 'loadtest']);
    for (const { job } of withRole) expect(job.environment).toBeDefined();
  });
});
