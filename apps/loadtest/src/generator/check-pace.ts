import type { PaceConfig } from './run-pace.ts';
import { processorFunction } from './processor.ts';
import { engineConfigSchema, paceSchema, parseOptions, ScenarioError } from './step-options.ts';

/** Mark of Artillery's templates: what stands there is known only when the step's turn has come. */
const TEMPLATE = '{{';

/**
 * Finds what is wrong with a `pace` as far as its script tells, before the flow it belongs to has sent anything. One
 * with a template in it is read when its turn comes, as are files, credentials and the target.
 * @param names of the flow's paces so far; this one's is added
 * @throws ScenarioError
 */
export function checkPace(
  spec: unknown,
  place: string,
  { engines, processor }: PaceConfig,
  names: Set<string>,
): void {
  const options = parseOptions(engineConfigSchema, engines?.['spillway'] ?? {}, 'config.engines.spillway');
  const asked: object = Object.assign({}, spec, options.pace);
  if (JSON.stringify(asked).includes(TEMPLATE)) return;
  const { name, entry } = parseOptions(paceSchema, asked, place);
  if (entry !== undefined) processorFunction(processor, entry, `${place}.entry`);
  if (names.has(name)) {
    throw new ScenarioError(`${place}.name`, [
      `found ${JSON.stringify(name)}, the name of an earlier pace too, want one of its own: ids and files carry it`,
    ]);
  }
  names.add(name);
}
