import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One request as the gateway's access log has it. */
export interface LoggedRequest {
  readonly receivedMs: number;
  readonly path: string;
  readonly status: number;
}

/** What the stage's own access log says, in order of arrival. */
export function readAccessLog(logFolder: string): readonly LoggedRequest[] {
  const [name] = readdirSync(logFolder).filter((file) => file.includes('AccessLog'));
  if (name === undefined) return [];
  const text = readFileSync(join(logFolder, name), 'utf8');
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<'requestTime' | 'resourcePath' | 'status', string>)
    .map(({ requestTime, resourcePath, status }) => ({
      receivedMs: Number(requestTime),
      path: resourcePath,
      status: Number(status),
    }))
    .sort((a, b) => a.receivedMs - b.receivedMs);
}
