import type { LoadtestOptions } from './run-loadtest.ts';

/** Options that say how the stage is played, which nobody does for a deployed one. */
const LOCAL_ONLY = {
  engine: '--engine',
  dynamodbEndpoint: '--dynamodb-endpoint',
  meter: '--meter',
};

/** Options of a stage that others use, too. */
const DEPLOYED_ONLY = {
  metricWait: '--metric-wait',
  metricPeriod: '--metric-period',
};

/**
 * An option that would change nothing, whatever its value: whoever passed it believes that it does.
 * @param isGiven whether an option stands on the command line
 * @returns what is wrong with it, found and wanted, or null
 */
export function idleOption(
  { stage, runner }: Pick<LoadtestOptions, 'stage' | 'runner'>,
  isGiven: (option: keyof LoadtestOptions) => boolean,
): string | null {
  const isLocal = stage === 'local';
  const idle = Object.entries(LOCAL_ONLY).find(
    ([option]) => !isLocal && isGiven(option as keyof LoadtestOptions),
  );
  if (idle) return `found ${idle[1]} with --stage=${stage}, want it for a local stage only`;
  const ofOthers = Object.entries(DEPLOYED_ONLY).find(
    ([option]) => isLocal && isGiven(option as keyof LoadtestOptions),
  );
  if (ofOthers)
    return `found ${ofOthers[1]} with a local stage, want it for a deployed one: a run's own is never late`;
  if (isLocal && isGiven('awsProfile'))
    return 'found --aws-profile with a local stage, want --stage=<deployed>: a local one asks for no credentials';
  if (runner !== 'local' && isGiven('workers'))
    return `found --workers with --runner=${runner}, want --count: it says how many generators send`;
  if (runner === 'local' && isGiven('count'))
    return 'found --count without a --runner on AWS, want --workers for generators on this machine';
  return null;
}
