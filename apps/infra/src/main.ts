import { ThrottleConfigError } from '@spillway/throttle';
import { environment } from './environment.ts';
import { openStageLines } from './open-stages.ts';
import { placeStages } from './place-stages.ts';
import { readConfiguration, readStages } from './read-configuration.ts';
import { StageError } from './stage-error.ts';
import { synthesize } from './synthesize.ts';
import { unboundClientLines } from './unbound-clients.ts';

/** The CDK app: configuration files → one stack per stage. */
try {
  const stages = placeStages(readStages(environment.stagesFile), environment.places);
  for (const line of [...openStageLines(stages), ...unboundClientLines(stages)]) console.error(line);
  synthesize({ ...environment, configurations: readConfiguration(stages, environment.throttleDir) });
} catch (error) {
  if (!(error instanceof StageError || error instanceof ThrottleConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
