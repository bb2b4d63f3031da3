import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { ResolvedStack } from './resolved-stack.ts';

const layerSchema = z.looseObject({ Content: z.looseObject({ S3Key: z.string() }) });

/** Where Lambda's Node runtime looks in `/opt`, the one before the other. */
const MODULE_FOLDERS = [
  `nodejs/node${process.versions.node.split('.')[0]}/node_modules`,
  'nodejs/node_modules',
];

/**
 * The folders of a function's layers that `require` finds modules in, in the order of `NODE_PATH`: a later layer
 * lies on top of the earlier ones. There is no `/opt` here, so whatever else a layer has is not played.
 * @param layers ARNs of layer versions, as the function lists them
 */
export function layerModuleFolders(stack: ResolvedStack, layers: readonly string[]): readonly string[] {
  const resources = stack.ofType('AWS::Lambda::LayerVersion');
  return layers.toReversed().flatMap((arn) => {
    const name = /:layer:([^:]+)/.exec(arn)?.[1];
    const resource = resources.find(({ physicalId }) => physicalId === name);
    const layer = resource && stack.tryRead(resource, layerSchema, `layer ${arn}`);
    const folder = layer && stack.source.assetPaths.get(layer.Content.S3Key);
    const found =
      folder === undefined ? [] : MODULE_FOLDERS.map((each) => join(folder, each)).filter(existsSync);
    if (found.length === 0)
      stack.notPlayed.add(`layer ${name ?? arn} (no node_modules of it on this machine)`);
    return found;
  });
}
