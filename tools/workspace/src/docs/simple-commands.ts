import { parse } from 'shell-quote';

/** What stands where the reader puts a value of their own. */
export const PLACEHOLDER = 'PLACEHOLDER';

/** A command whose output is part of another. */
const SUBSTITUTION = /\$\(([^()]+)\)/g;

/**
 * A line for the shell → the words of each command in it, those in `$(…)` last. `<name>` and `[name]` stand for a
 * value; comments are left out.
 */
export function simpleCommands(line: string): readonly (readonly string[])[] {
  const written = line.replaceAll(/<[^<>]+>|(?<=\s)\[\w+\]/g, PLACEHOLDER);
  const inner = [...written.matchAll(SUBSTITUTION)].flatMap(([, text = '']) => simpleCommands(text));
  return [...split(written.replaceAll(SUBSTITUTION, PLACEHOLDER)), ...inner];
}

function split(line: string): readonly (readonly string[])[] {
  const commands: string[][] = [[]];
  for (const part of parse(line, (name) => `$${name}`)) {
    if (typeof part === 'string') commands.at(-1)?.push(part);
    else if ('op' in part && part.op === 'glob') commands.at(-1)?.push(part.pattern);
    else if ('op' in part) commands.push([]);
  }
  return commands.map(withoutAssignments).filter((words) => words.length > 0);
}

/** `A=1 command` is the command; `export A=1` and `a=$(command)` leave nothing of themselves. */
function withoutAssignments(words: readonly string[]): readonly string[] {
  const start = words.findIndex((word) => !/^\w+=/.test(word));
  const rest = start === -1 ? [] : words.slice(start);
  return /^(export|unset|eval)$/.test(rest[0] ?? '') ? [] : rest;
}
