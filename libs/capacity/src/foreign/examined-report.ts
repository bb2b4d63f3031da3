import type { ForeignReport } from './foreign-report.ts';
import type { JudgedPlateau, Slo } from './judge-plateau.ts';
import type { Plateaus } from './plateaus.ts';

/** A report with its plateaus judged: all that sentences about it are made of. */
export interface ExaminedReport extends Plateaus {
  readonly report: ForeignReport;
  /** By rate, ascending. */
  readonly judged: readonly JudgedPlateau[];
  readonly targets: Slo;
  /** Then arrivals of users are arrivals of requests, and a user's session bounds its request's time (F82). */
  readonly isOneRequestAUser: boolean;
}
