import { copyFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { childEnvironment } from '../process/child-environment.ts';
import { freePort } from '../process/free-port.ts';
import type { Contestant } from './contestant.ts';
import { gate } from './gate.ts';
import { handlerVariables } from './handler-variables.ts';
import { installPeer, peerDirectory, peerHome, peerVersion } from './peer-packages.ts';

/** No telemetry, no login, no look for a newer version. */
const QUIET = {
  SLS_TELEMETRY_DISABLED: '1',
  SLS_TRACKING_DISABLED: '1',
  SLS_NOTIFICATIONS_MODE: 'off',
  SLS_INTERACTIVE_SETUP_ENABLE: '0',
  CI: '1',
};

/** The newest, under osls: the Serverless Framework of the same major version wants a login. */
export const serverlessOffline14 = serverlessOffline('serverless-offline-14', 'osls');

/** The last under a Serverless Framework that needs no login. */
export const serverlessOffline13 = serverlessOffline('serverless-offline-13', 'serverless');

/** One worker thread for each request at once, as many as there are; the gate sets the ceiling. */
function serverlessOffline(peer: string, framework: string): Contestant {
  const modules = join(peerDirectory(peer), 'node_modules');
  return {
    name: peer,
    version: peerVersion(peer),
    isPeer: true,
    makesTable: false,
    install: () => installPeer(peer),
    async command(place) {
      const { directory, handlerFile, engineEndpoint, port } = place;
      const [lambdaPort, websocketPort, albPort] = [await freePort(), await freePort(), await freePort()];
      copyFileSync(handlerFile, join(directory, 'index.cjs'));
      symlinkSync(modules, join(directory, 'node_modules'));
      const service = {
        service: 'bench',
        provider: {
          name: 'aws',
          // The newest that both know; it names the runtime only, they run on their own Node.
          runtime: 'nodejs20.x',
          region: 'us-east-1',
          stage: 'prod',
          timeout: 29,
          memorySize: 1024,
          environment: handlerVariables(engineEndpoint),
        },
        functions: {
          ingest: { handler: 'index.handler', events: [{ http: { method: 'post', path: '/' } }] },
        },
        plugins: ['serverless-offline'],
        custom: {
          'serverless-offline': {
            host: '127.0.0.1',
            httpPort: port,
            lambdaPort,
            websocketPort,
            albPort,
            noSponsor: true,
          },
        },
      };
      writeFileSync(join(directory, 'serverless.json'), JSON.stringify(service));
      const { nodeArgs, env } = gate(place);
      return {
        args: [...nodeArgs, join(modules, framework, 'bin/serverless.js'), 'offline', 'start'],
        cwd: directory,
        env: childEnvironment({ HOME: peerHome(peer), ...QUIET, ...env }),
        url: `http://127.0.0.1:${port}/prod`,
      };
    },
  };
}
