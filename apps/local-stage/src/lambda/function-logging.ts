/** From the most to the least detailed. */
export const LOG_LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** How a function's log is written: the template's `LoggingConfig`. */
export interface FunctionLogging {
  readonly format: 'Text' | 'JSON';
  /** Least level of console lines that is kept. */
  readonly applicationLevel: LogLevel;
  /** Least level of Lambda's own records that is kept; binds JSON only. */
  readonly systemLevel: 'DEBUG' | 'INFO' | 'WARN';
}

/** What Lambda does where the template says nothing: text, and all of it. */
export const TEXT_LOGGING: FunctionLogging = {
  format: 'Text',
  applicationLevel: 'TRACE',
  systemLevel: 'INFO',
};

export function isKept(level: LogLevel, least: LogLevel): boolean {
  return LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(least);
}
