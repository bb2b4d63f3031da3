import { parseCommandLine } from './command-line.ts';
import { startLocalStage, type LocalStage } from './local-stage.ts';
import { startUpLines } from './start-up-lines.ts';

/** Stopping takes less; a part that hangs must not keep the process. */
const STOP_LIMIT_MS = 2000;

/** Set by npm and npx to the folder they were called in; Nx starts us in our own. */
const workingDirectory = process.env['INIT_CWD'] ?? process.cwd();

let stage: LocalStage | null = null;
let isStopping = false;

async function stopAndExit(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
  await stage?.stop();
  process.exit(0);
}

process.on('SIGTERM', () => void stopAndExit());
process.on('SIGINT', () => void stopAndExit());
// Forked by a load test: when that ends, however it ends, so do we.
process.on('disconnect', () => void stopAndExit());

try {
  const options = parseCommandLine(process.argv, workingDirectory);
  stage = await startLocalStage({ ...options, report: (line) => console.error(line) });
  for (const line of startUpLines(stage, options.logDirectory)) console.log(line);
  process.send?.({
    kind: 'ready',
    baseUrl: stage.baseUrls[0],
    awsEndpoint: stage.awsEndpoint,
    stackName: stage.model.stackName,
    region: stage.model.region,
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
