import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { createLogGroup } from './log-settings.ts';
import type { LogSettings } from './log-settings.ts';

/** Where the gateway writes who asked for what, and what came of it. */
export class AccessLog extends Construct {
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, settings: LogSettings) {
    super(scope, id);
    this.logGroup = createLogGroup(this, 'Log', settings);
  }
}
