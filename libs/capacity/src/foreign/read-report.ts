import type { ForeignReport } from './foreign-report.ts';
import { toolOfJson, toolOfText, type OtherTool } from './other-tools.ts';
import { ownFileOfJson, ownFileOfText } from './own-files.ts';
import { parseArtillery } from './parse-artillery.ts';
import { MEASURE, refuse, type Refusal } from './refusal.ts';

/** Characters that a tool's text is recognised by: all of them name themselves early, a log before it allowed. */
const HEAD_LENGTH = 16_384;

/** Characters of a file, or of one of its names, that a message quotes. */
const QUOTED_LENGTH = 40;

/** Text of a file → an Artillery report, or why it is none. Never throws. */
export function readReport(text: string): ForeignReport | Refusal {
  const trimmed = text.trim();
  if (trimmed === '') return refuse('an empty file');
  let json: unknown;
  try {
    json = JSON.parse(trimmed);
  } catch (error) {
    return refuseText(trimmed.slice(0, HEAD_LENGTH), error instanceof Error ? error.message : 'not readable');
  }
  const report = ownFileOfJson(json) ?? parseArtillery(json);
  if (report) return report;
  const tool = toolOfJson(json) ?? toolOfText(trimmed.slice(0, HEAD_LENGTH));
  return tool ? refuseTool(tool) : refuse(`JSON of another kind: ${outlineOf(json)}`);
}

/** Whether this is how an Artillery report begins, of any version. */
export function isReportHead(head: string): boolean {
  return /^\s*\{\s*"(aggregate|intermediate)"\s*:/.test(head);
}

/** Refuses text that is no JSON, or whose JSON is not worth reading whole. @param head its beginning */
export function refuseText(head: string, problem: string): Refusal {
  const own = ownFileOfText(head);
  if (own) return own;
  const tool = toolOfText(head);
  if (tool) return refuseTool(tool);
  if (isReportHead(head)) {
    return refuse(
      `an Artillery report that is not complete JSON (${problem})`,
      'it was cut while it was written or copied: copy it again, or run Artillery again',
    );
  }
  if (/^config:/m.test(head) && /^scenarios:/m.test(head)) {
    return refuse(
      'a scenario of Artillery, which is what to send, not what came back',
      `run it with artillery run -o report.json, or ${MEASURE}`,
    );
  }
  if (/^\s*<(!doctype html|html)/i.test(head) && /artillery/i.test(head)) {
    return refuse("Artillery's HTML report, which is made for people", 'give the JSON it was made from');
  }
  if (/^\s*[[{]/.test(head)) return refuse(`no complete JSON (${problem})`);
  return refuse(`text of an unknown kind, which begins with ${quoted(head)}`);
}

function refuseTool({ name, isClosed }: OtherTool): Refusal {
  const why = isClosed
    ? ', which keeps a number of users or connections busy unless told otherwise: a slow stage then slows the load, and no capacity follows from the rate'
    : ', whose figures Spillway has no proof for';
  return refuse(`a report of ${name}${why}`);
}

/** What JSON looks like from afar. */
function outlineOf(json: unknown): string {
  if (json === null) return 'null';
  if (Array.isArray(json)) return `an array of ${json.length}`;
  if (typeof json !== 'object') return `a ${typeof json}`;
  const keys = Object.keys(json);
  if (keys.length === 0) return 'an empty object';
  const more = keys.length > 5 ? ` and ${keys.length - 5} more` : '';
  return `an object with ${keys.slice(0, 5).map(quoted).join(', ')}${more}`;
}

/** The first line of foreign text. */
function quoted(text: string): string {
  const line = text.split('\n', 1)[0] ?? '';
  return JSON.stringify(line.length > QUOTED_LENGTH ? `${line.slice(0, QUOTED_LENGTH)}…` : line);
}
