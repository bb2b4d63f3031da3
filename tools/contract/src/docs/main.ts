import { startDocsServer } from './start-docs-server.ts';

const server = await startDocsServer();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.stop());
process.stdout.write(`${server.url}\nCtrl-C ends it\n`);
