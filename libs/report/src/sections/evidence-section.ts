import type { RunRecord } from '@spillway/capacity';
import { countText, instantText, millisecondsText, percentText, rateText } from '../figures.ts';
import { html } from '../html.ts';
import { whatWasNotMeasured, whatWasSetAside } from '../reservations.ts';
import { facts, section, sentences, type Section } from './section.ts';

/** What was set aside, and what this run says nothing about. */
export function reservationsSection(run: RunRecord): Section {
  return section(
    'reservations',
    'Set aside, and not measured',
    html`<div class="columns">
      <div>
        <h3>Set aside</h3>
        ${sentences(whatWasSetAside(run), 'Nothing: every answer after the warm-ups was judged.')}
      </div>
      <div>
        <h3>Not measured</h3>
        ${sentences(whatWasNotMeasured(run), 'Nothing is known to be missing.')}
      </div>
    </div>`,
  );
}

/** What the numbers rest on: targets, generator, quotas, and the fingerprint of what was measured. */
export function evidenceSection(run: RunRecord): Section {
  const { targets, calibration, quotas, fingerprint, measurements } = run;
  return section(
    'evidence',
    'Evidence',
    facts([
      [
        'Targets',
        `${millisecondsText(targets.latencyMs)} ms, at most ${percentText(targets.errorRatio)} bad, ${percentText(targets.headroomRatio)} of the sustained rate handed out, at most ${percentText(targets.blockingRatio)} of invocations refused`,
      ],
      [
        'Generator',
        calibration === null
          ? 'not calibrated'
          : `${calibration.passed ? 'kept up' : 'fell behind'}: ${percentText(calibration.achievedRatio)} of ${rateText(calibration.offeredPerSecond)} requests/s, lateness p99 ${millisecondsText(calibration.latenessP99Ms)} ms`,
      ],
      [
        'Service time',
        measurements === null
          ? 'not measured'
          : `mean ≤ ${millisecondsText(measurements.serviceTime.meanUpperMs)} ms (95 % upper bound), longest ${millisecondsText(measurements.serviceTime.tailUpperMs)} ms`,
      ],
      [
        'Quotas',
        `${countText(quotas.accountConcurrency)} environments (${countText(quotas.otherReservedConcurrency)} reserved by others), ${rateText(quotas.accountRatePerSecond)} requests/s, burst ${countText(quotas.accountBurst)}, ${rateText(quotas.tableWriteUnitsPerSecond)} write units/s`,
      ],
      ['Memory', `${countText(fingerprint.memorySize)} MB`],
      ['Bundle', html`<code>${fingerprint.bundle}</code>`],
      ['Template', html`<code>${fingerprint.template}</code>`],
      ['Measured', `${instantText(run.startedAt)} to ${instantText(run.finishedAt)}`],
    ]),
    html`<p class="note">
      The limits expire when bundle, template or memory change:
      <code>npx nx run throttle check --stage=${run.stage}</code> says so. Every answer of every step lies
      beside this page as CSV.
    </p>`,
  );
}
