import type { MetricsRecorder } from './control/metrics-recorder.ts';
import { systemClock } from './gateway/clock.ts';
import { prepareHttpStage } from './gateway/http-api/http-api-route.ts';
import { prepareStage } from './gateway/rest/rest-route.ts';
import { UsagePlans } from './gateway/rest/usage-plans.ts';
import type { OpenAccessLog } from './start-access-logs.ts';
import type { ServedStages } from './start-apis.ts';
import type { PlayedFunctions } from './start-functions.ts';
import type { StageModel } from './template/stage-model.ts';

/** What the stages of a stack work with. */
export interface StageParts {
  readonly functions: PlayedFunctions['byName'];
  readonly openLog: OpenAccessLog;
  readonly recorder: MetricsRecorder;
}

/**
 * Gives the stages of a template, ready to serve, and those of each template that takes its place. What clients have
 * used up, and what the AWS endpoint has changed, stays as it is where the template declares nothing else.
 */
export function stagePreparation({ functions, openLog, recorder }: StageParts) {
  let usagePlans: UsagePlans | undefined;
  let before: ServedStages = { restStages: [], httpStages: [] };
  return (model: StageModel): ServedStages => {
    const nowMs = systemClock.monotonicMs();
    const integrations = new Map([...functions].map(([name, { pool }]) => [name, pool]));
    usagePlans = new UsagePlans(model.usagePlans, nowMs, usagePlans);
    const surroundings = { integrations, usagePlans, openLog, recorder };
    const { restStages, httpStages } = before;
    before = {
      restStages: model.restStages.map((stage) =>
        prepareStage(stage, surroundings, nowMs, restStages.find(isOf(stage))?.throttle),
      ),
      httpStages: model.httpStages.map((stage) =>
        prepareHttpStage(stage, surroundings, nowMs, httpStages.find(isOf(stage))?.throttle),
      ),
    };
    return before;
  };
}

interface StageName {
  readonly apiId: string;
  readonly stageName: string;
}

function isOf(stage: StageName): (other: { readonly model: StageName }) => boolean {
  return ({ model }) => model.apiId === stage.apiId && model.stageName === stage.stageName;
}
