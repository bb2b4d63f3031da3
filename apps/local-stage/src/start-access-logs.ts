import { AccessLogFiles } from './gateway/access-log/access-log-files.ts';
import type { AccessLogSink } from './gateway/access-log/access-log.ts';
import type { LocalStageOptions } from './local-stage.ts';
import type { ShutdownList } from './shutdown-list.ts';

/** Gives the sink of a log group; null where nothing is kept. */
export type OpenAccessLog = (logGroupName: string) => AccessLogSink | null;

/** Access logs go to the folder of the functions' logs; without `--log-dir` there are none. */
export function startAccessLogs(
  { logDirectory, report }: Pick<LocalStageOptions, 'logDirectory' | 'report'>,
  shutdown: ShutdownList,
): OpenAccessLog {
  if (logDirectory === undefined) return () => null;
  const files = new AccessLogFiles(logDirectory, (error) =>
    report(`an access log can't be written, its stage serves on without: ${error.message}`),
  );
  shutdown.add(() => files.close());
  return (logGroupName) => files.of(logGroupName);
}
