import type { DeployedStack, Reading } from './account-readings.ts';
import { check } from './check.ts';
import type { Check } from './check.ts';

const WAIT = 'wait until CloudFormation has settled, then run this again';
const DELETE = 'delete the stack in CloudFormation, or find out there what it could not do';

/** States that a deployment starts from as they are. `REVIEW_IN_PROGRESS`: a change set that nobody ran, and no resource. */
const READY: readonly string[] = [
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
  'IMPORT_COMPLETE',
  'IMPORT_ROLLBACK_COMPLETE',
  'REVIEW_IN_PROGRESS',
];

/** States that end only where somebody acts, and how. */
const STUCK: Readonly<Record<string, string>> = {
  CREATE_FAILED: 'roll it back in CloudFormation, or delete it',
  ROLLBACK_FAILED: DELETE,
  DELETE_FAILED: DELETE,
  UPDATE_FAILED: 'roll it back in CloudFormation',
  UPDATE_ROLLBACK_FAILED: 'continue its rollback in CloudFormation',
  IMPORT_ROLLBACK_FAILED: 'continue its rollback in CloudFormation',
};

/** Whether a deployment can begin: CloudFormation updates a stack in some of its states only. */
export function stackCheck(reading: Reading<DeployedStack | null>): Check {
  return check('stack', reading, (stack) => ({
    fits: stack === null || canBeDeployed(stack),
    found: stack === null ? 'not deployed yet' : describe(stack),
    wanted: 'none, or one that can be updated',
    next: nextOf(stack),
  }));
}

/** A first deployment that failed leaves nothing but a name: the CDK CLI deletes that stack and begins anew. */
function isFailedCreation({ status }: DeployedStack): boolean {
  return status === 'ROLLBACK_COMPLETE';
}

function canBeDeployed(stack: DeployedStack): boolean {
  return READY.includes(stack.status) || (isFailedCreation(stack) && !stack.isProtected);
}

function describe(stack: DeployedStack): string {
  if (!isFailedCreation(stack)) return stack.status;
  const fate = stack.isProtected
    ? 'its deletion protection keeps the CDK from beginning anew'
    : 'the CDK deletes it and begins anew';
  return `${stack.status}, a first deployment that failed: ${fate}`;
}

function nextOf(stack: DeployedStack | null): string {
  if (stack === null) return '';
  if (isFailedCreation(stack))
    return 'switch off its termination protection in CloudFormation, and delete it there';
  return STUCK[stack.status] ?? WAIT;
}
