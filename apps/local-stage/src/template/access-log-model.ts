import * as z from 'zod';

/** Where a stage's access log goes and how its lines look. */
export interface AccessLogModel {
  /** Text with `$context.…` in it. */
  readonly format: string;
  /** Of CloudWatch Logs, or the name of a Firehose stream; either is a file here. */
  readonly logGroupName: string;
}

/** `AccessLogSetting` of a REST stage, `AccessLogSettings` of an HTTP stage. */
export const accessLogSettingSchema = z.looseObject({
  DestinationArn: z.string().optional(),
  Format: z.string().optional(),
});

/** The setting in our words; null where it lacks the format or the destination, for AWS logs nothing then. */
export function readAccessLog(
  setting: z.infer<typeof accessLogSettingSchema> | undefined,
): AccessLogModel | null {
  if (setting?.Format === undefined || setting.DestinationArn === undefined) return null;
  return { format: setting.Format, logGroupName: destinationName(setting.DestinationArn) };
}

/** `arn:aws:logs:us-east-1:000000000000:log-group:/api/access:*` → `/api/access` */
function destinationName(arn: string): string {
  const resource = arn.split(':').slice(5).join(':') || arn;
  return resource.replace(/^(log-group:|deliverystream\/)/, '').replace(/:\*$/, '');
}
