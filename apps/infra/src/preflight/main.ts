import { ThrottleConfigError } from '@spillway/throttle';
import { Command } from 'commander';
import { environment } from '../environment.ts';
import { placeStages } from '../place-stages.ts';
import { readStages, readThrottleFile } from '../read-configuration.ts';
import { StageError } from '../stage-error.ts';
import { requireStage, stackName } from '../stages.ts';
import { AccountError } from './account-error.ts';
import { checkDeployment } from './check-deployment.ts';
import { deploymentNeeds } from './deployment-needs.ts';
import { mayDeploy } from './may-deploy.ts';
import { printChecks } from './print-checks.ts';
import { readAccount } from './read-account.ts';

/** Reads the account that a stage would be deployed to, and says what the deployment would breach. Changes nothing. */
const DEFAULT_STAGE = 'dev';

/** Credentials may come from a program or a network that never answers. */
const DEADLINE_MS = 45_000;

const program = new Command('preflight')
  .description('Says what deploying a stage would breach in its account, before it does.')
  .option('--stage <name>', `stage of config/stages.json (default: SPILLWAY_STAGE, else ${DEFAULT_STAGE})`)
  .option('--profile <name>', 'AWS profile')
  .option('--allow-unknown', 'ends with 0 though something could not be read', false)
  .parse();
const options = program.opts<{ stage?: string; profile?: string; allowUnknown: boolean }>();

const deadline = setTimeout(() => {
  console.error(new AccountError(`no answer within ${DEADLINE_MS / 1000} s`).message);
  process.exit(1);
}, DEADLINE_MS);
try {
  await preflight(options.stage ?? environment.defaultStage ?? DEFAULT_STAGE, options.profile);
} catch (error) {
  const isExpected = [StageError, ThrottleConfigError, AccountError].some((kind) => error instanceof kind);
  if (!(isExpected && error instanceof Error)) throw error;
  console.error(`preflight: ${error.message}`);
  process.exitCode = 1;
} finally {
  clearTimeout(deadline);
}

async function preflight(name: string, profile: string | undefined): Promise<void> {
  const stage = requireStage(placeStages(readStages(environment.stagesFile), environment.places), name);
  const throttle = readThrottleFile(name, environment.throttleDir);
  const needs = deploymentNeeds(stage, throttle);
  const account = await readAccount({ region: stage.region, profile, stackName: stackName(name) });
  const checks = checkDeployment(needs, account, stage.account);
  const { rateLimit, burstLimit, reservedConcurrency, memorySize, timeoutSeconds } = throttle.limits;
  console.log(`Stage    ${name}, account ${account.accountId}, ${account.region}, stack ${stackName(name)}`);
  console.log(
    `Limits   ${rateLimit}/s, burst ${burstLimit}, concurrency ${reservedConcurrency}, ${memorySize} MB, ${timeoutSeconds} s (${throttle.evidence.kind})\n`,
  );
  console.log(printChecks(checks).trimEnd());
  process.exitCode = mayDeploy(checks, options.allowUnknown) ? 0 : 1;
}
