import { architectSandbox } from './architect-sandbox.ts';
import type { Contestant } from './contestant.ts';
import { lambdaLocal } from './lambda-local.ts';
import { serverlessOffline13, serverlessOffline14 } from './serverless-offline.ts';
import { vercelFun } from './vercel-fun.ts';

/** What ours is compared with, in the order in which they take turns. */
export const PEERS: readonly Contestant[] = [
  serverlessOffline14,
  serverlessOffline13,
  vercelFun,
  lambdaLocal,
  architectSandbox,
];

/** Not a peer: the handler alone, see `limit-main.ts`. */
export const LIMIT = 'limit';

/** Ours. */
export const SPILLWAY = 'spillway';

/** Names that `--only` takes. */
export const NAMES: readonly string[] = [SPILLWAY, LIMIT, ...PEERS.map(({ name }) => name)];

/**
 * Peers that a list of names means; a name stands for all that start with it, so `serverless-offline` means both.
 * @returns null if a name means nobody
 */
export function choosePeers(names: readonly string[]): readonly Contestant[] | null {
  const others = names.filter((name) => name !== SPILLWAY && name !== LIMIT);
  const means = (name: string, peer: Contestant) => peer.name.startsWith(name);
  if (others.some((name) => !PEERS.some((peer) => means(name, peer)))) return null;
  return PEERS.filter((peer) => others.some((name) => means(name, peer)));
}
