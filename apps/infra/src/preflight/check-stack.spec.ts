import type { DeployedStack } from './account-readings.ts';
import { stackCheck } from './check-stack.ts';

const stackIn = (status: string, isProtected = false) =>
  ({
    ok: true,
    value: {
      status,
      isProtected,
      hasVpc: true,
      reservedConcurrency: 100,
      tableName: 'entries',
    } satisfies DeployedStack,
  }) as const;

describe('stackCheck', () => {
  it('takes a stage that was never deployed', () => {
    expect(stackCheck({ ok: true, value: null })).toMatchObject({
      verdict: 'fits',
      found: 'not deployed yet',
    });
  });

  it.each([
    'CREATE_COMPLETE',
    'UPDATE_COMPLETE',
    'UPDATE_ROLLBACK_COMPLETE',
    'IMPORT_COMPLETE',
    'IMPORT_ROLLBACK_COMPLETE',
    'REVIEW_IN_PROGRESS',
  ])('takes %s', (status) => {
    expect(stackCheck(stackIn(status))).toMatchObject({ verdict: 'fits', found: status });
  });

  it.each([
    ['CREATE_IN_PROGRESS', /wait/],
    ['UPDATE_IN_PROGRESS', /wait/],
    ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', /wait/],
    ['UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', /wait/],
    ['ROLLBACK_IN_PROGRESS', /wait/],
    ['DELETE_IN_PROGRESS', /wait/],
    ['CREATE_FAILED', /roll it back.*, or delete it/],
    ['ROLLBACK_FAILED', /delete/],
    ['DELETE_FAILED', /delete/],
    ['UPDATE_FAILED', /roll it back/],
    ['UPDATE_ROLLBACK_FAILED', /continue its rollback/],
    ['IMPORT_ROLLBACK_FAILED', /continue its rollback/],
    ['A_STATE_OF_TOMORROW', /wait/],
  ])('refuses %s, and says what to do', (status, next) => {
    expect(stackCheck(stackIn(status))).toMatchObject({
      verdict: 'breach',
      found: status,
      next: expect.stringMatching(next) as string,
    });
  });

  it('takes a first deployment that failed, which the CDK deletes, unless it is protected', () => {
    expect(stackCheck(stackIn('ROLLBACK_COMPLETE'))).toMatchObject({
      verdict: 'fits',
      found: expect.stringMatching(/begins anew/) as string,
    });
    expect(stackCheck(stackIn('ROLLBACK_COMPLETE', true))).toMatchObject({
      verdict: 'breach',
      next: expect.stringMatching(/termination protection/) as string,
    });
  });
});
