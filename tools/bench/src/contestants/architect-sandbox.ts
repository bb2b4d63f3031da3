import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { childEnvironment } from '../process/child-environment.ts';
import { freePort } from '../process/free-port.ts';
import type { Contestant } from './contestant.ts';
import { gate } from './gate.ts';
import { awsVariables, handlerVariables } from './handler-variables.ts';
import { installPeer, peerDirectory, peerHome, peerVersion } from './peer-packages.ts';

const PEER = 'architect-sandbox';

/** Starts a process for each request and ends it with the answer. */
export const architectSandbox: Contestant = {
  name: PEER,
  version: peerVersion(PEER),
  isPeer: true,
  makesTable: false,
  install: () => installPeer(PEER),
  async command(place) {
    const { directory, handlerFile, engineEndpoint, port } = place;
    const functionDirectory = join(directory, 'src/http/post-index');
    mkdirSync(functionDirectory, { recursive: true });
    copyFileSync(handlerFile, join(functionDirectory, 'index.js'));
    const memoryAndTime = '@aws\nruntime nodejs22.x\nmemory 1024\ntimeout 29\n';
    writeFileSync(join(directory, 'app.arc'), `@app\nbench\n\n@http\npost /\n\n${memoryAndTime}`);
    const variables = Object.entries(handlerVariables(engineEndpoint)).filter(
      ([name]) => !(name in awsVariables()),
    );
    const lines = variables.map(([name, value]) => `  ${name} "${value}"`);
    writeFileSync(join(directory, 'prefs.arc'), `@env\ntesting\n${lines.join('\n')}\n`);
    const { nodeArgs, env } = gate(place);
    return {
      args: [
        ...nodeArgs,
        join(peerDirectory(PEER), 'node_modules/@architect/sandbox/src/cli/cli.js'),
        `--port=${port}`,
        '--host=127.0.0.1',
        '--disable-symlinks',
      ],
      cwd: directory,
      env: childEnvironment({
        HOME: peerHome(PEER),
        ARC_ENV: 'testing',
        ARC_INTERNAL_PORT: String(await freePort()),
        NO_UPDATE_NOTIFIER: '1',
        CI: '1',
        ...awsVariables(),
        ...env,
      }),
      url: `http://127.0.0.1:${port}/`,
    };
  },
};
