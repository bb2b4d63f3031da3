import { Stack } from 'aws-cdk-lib';
import { AlarmStatusWidget, Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { IAlarm, IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { WIDTH } from './limit-graph.ts';

export interface StageDashboardProps {
  readonly alarms: readonly IAlarm[];
  /** Rows from the gateway to the table. */
  readonly rows: readonly (readonly IWidget[])[];
}

/** One page for a stage: its alarms, then each stop of a request with the limit that it runs into. */
export class StageDashboard extends Construct {
  constructor(scope: Construct, id: string, { alarms, rows }: StageDashboardProps) {
    super(scope, id);
    const dashboard = new Dashboard(this, 'Dashboard', { dashboardName: Stack.of(this).stackName });
    dashboard.addWidgets(
      new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: WIDTH.page, height: 3 }),
    );
    for (const row of rows) dashboard.addWidgets(...row);
  }
}
