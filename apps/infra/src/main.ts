import { ThrottleConfigError } from '@spillway/throttle';
import { environment } from './environment.ts';
import { readConfiguration, readStages } from './read-configuration.ts';
import { StageError } from './stage-error.ts';
import { synthesize } from './synthesize.ts';

/** The CDK app: configuration files → one stack per stage. */
try {
  const stages = readStages(environment.stagesFile);
  synthesize({ ...environment, configurations: readConfiguration(stages, environment.throttleDir) });
} catch (error) {
  if (!(error instanceof StageError || error instanceof ThrottleConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
