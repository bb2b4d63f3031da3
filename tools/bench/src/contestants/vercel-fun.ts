import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from '../process/child-environment.ts';
import type { Contestant } from './contestant.ts';
import { gate } from './gate.ts';
import { awsVariables, handlerVariables } from './handler-variables.ts';
import { installPeer, peerDirectory, peerHome, peerVersion } from './peer-packages.ts';

const PEER = 'vercel-fun';
const SERVER = fileURLToPath(new URL('./vercel-fun-server.cjs', import.meta.url));

/** Processes over the Lambda Runtime API, kept for the next request; at most ten, which is fixed in its code. */
export const vercelFun: Contestant = {
  name: PEER,
  version: peerVersion(PEER),
  isPeer: true,
  makesTable: false,
  install: () => installPeer(PEER),
  command(place) {
    const { directory, handlerFile, engineEndpoint, port } = place;
    const code = join(directory, 'code');
    mkdirSync(code);
    copyFileSync(handlerFile, join(code, 'index.js'));
    const variables = Object.entries(handlerVariables(engineEndpoint)).filter(
      ([name]) => !(name in awsVariables()),
    );
    const home = peerHome(PEER);
    const { nodeArgs, env } = gate(place);
    return Promise.resolve({
      args: [...nodeArgs, SERVER, join(peerDirectory(PEER), 'node_modules/@vercel/fun'), code, String(port)],
      cwd: directory,
      env: childEnvironment({
        HOME: home,
        XDG_CACHE_HOME: home,
        BENCH_VARIABLES: JSON.stringify(Object.fromEntries(variables)),
        ...awsVariables(),
        ...env,
      }),
      url: `http://127.0.0.1:${port}/`,
    });
  },
};
