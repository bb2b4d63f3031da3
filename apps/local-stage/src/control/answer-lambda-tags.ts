import * as z from 'zod';
import { findFunction } from './find-function.ts';
import { parseInput } from './parse-input.ts';
import type { StageControls } from './stage-controls.ts';

const text = (shortest: number, longest: number) =>
  z
    .string()
    .min(shortest)
    .max(longest)
    .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u, { error: 'has a character that no tag may have' });

const tagsSchema = z.looseObject({ Tags: z.record(text(1, 128), text(0, 256)) });

/** `GET /2017-03-31/tags/{arn}`: what was set here; the template's own tags are not told. */
export function listTags(arn: string, controls: StageControls): unknown {
  return { Tags: Object.fromEntries(findFunction(arn, controls).tags) };
}

/** `POST /2017-03-31/tags/{arn}`: those of the input, and the others as they are. */
export function tagResource(arn: string, input: unknown, controls: StageControls): unknown {
  const { tags } = findFunction(arn, controls);
  const { Tags } = parseInput(tagsSchema, input, 'InvalidParameterValueException');
  for (const [key, value] of Object.entries(Tags)) tags.set(key, value);
  return null;
}

/** `DELETE /2017-03-31/tags/{arn}?tagKeys=…`: a key that is not there is none the less gone. */
export function untagResource(arn: string, keys: readonly string[], controls: StageControls): unknown {
  const { tags } = findFunction(arn, controls);
  for (const key of keys) tags.delete(key);
  return null;
}
