import { milliseconds } from '../figures.ts';
import type { Measurement, Targets } from '../run-record.ts';
import type { StepRecord } from '../step-record.ts';

/** A generator later than this share of T at its p99 measures itself. */
const LATENESS_RATIO = 0.1;

/**
 * Why the generator did not offer what it was asked to (method, section 0); none when it did. Lateness counts over
 * the judged answers, so that a host stall, set aside already, is not blamed on the generator.
 */
export function generatorReasons(record: StepRecord, measurement: Measurement, targets: Targets): string[] {
  const latenessMs = measurement.latenessP99Ms ?? record.generator.latenessP99Ms;
  const allowedMs = LATENESS_RATIO * targets.latencyMs;
  return [
    ...(record.sent < record.intended
      ? [`the generator sent ${record.sent} of ${record.intended} requests`]
      : []),
    ...(record.generator.socketCapHit
      ? [`the generator ran out of sockets at ${record.generator.socketsMax}: arrivals waited for answers`]
      : []),
    ...(latenessMs > allowedMs
      ? [
          `the generator sent ${milliseconds(latenessMs)} late at p99, at most ${milliseconds(allowedMs)} is a tenth of the SLO's T`,
        ]
      : []),
  ];
}
