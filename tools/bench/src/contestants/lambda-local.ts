import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { childEnvironment } from '../process/child-environment.ts';
import type { Contestant } from './contestant.ts';
import { gate } from './gate.ts';
import { handlerVariables } from './handler-variables.ts';
import { installPeer, peerDirectory, peerHome, peerVersion } from './peer-packages.ts';

const PEER = 'lambda-local';

/**
 * Its event has the body parsed, which no gateway's has: the handler gets it as text again. In the same file, because
 * it is this file that lambda-local loads anew for each request.
 */
const TEXT_BODY = `
const { handler: inner } = module.exports;
module.exports = { handler: (event, context) => inner({ ...event, body: JSON.stringify(event.body) }, context) };
`;

/** Its own watch mode: the handler inside the server's process, loaded anew for each request. */
export const lambdaLocal: Contestant = {
  name: PEER,
  version: peerVersion(PEER),
  isPeer: true,
  makesTable: false,
  install: () => installPeer(PEER),
  command(place) {
    const { directory, handlerFile, engineEndpoint, port } = place;
    const lambdaFile = join(directory, 'index.js');
    writeFileSync(lambdaFile, readFileSync(handlerFile, 'utf8') + TEXT_BODY);
    const variables = handlerVariables(engineEndpoint);
    const { nodeArgs, env } = gate(place);
    return Promise.resolve({
      args: [
        ...nodeArgs,
        join(peerDirectory(PEER), 'node_modules/lambda-local/build/cli.js'),
        `--lambda-path=${lambdaFile}`,
        '--handler=handler',
        '--timeout=29',
        `--environment=${JSON.stringify(variables)}`,
        '--verboselevel=0',
        `--watch=${port}`,
      ],
      cwd: directory,
      env: childEnvironment({ HOME: peerHome(PEER), ...env }),
      url: `http://127.0.0.1:${port}/`,
    });
  },
};
