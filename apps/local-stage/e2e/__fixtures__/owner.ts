/**
 * A process that owns a pool with a handler that never yields, one that waits and an idle one, and both engines.
 * Says when all of it runs; then the test kills it. Argument: file that the handlers write their pids to.
 */
import { startEngine } from '../../src/dynamodb/start-engine.ts';
import { findDynoxide } from '../../src/dynamodb/dynoxide.ts';
import { startPool } from './start-pool.ts';

const pidFile = process.argv[2];
const { invoke, call } = startPool({}, { spares: 3 });
await Promise.all(Array.from({ length: 3 }, () => call({ fault: 'sleeps', ms: 300, pidFile })));
void invoke({ fault: 'loops', pidFile });
void invoke({ fault: 'sleeps', ms: 600_000, pidFile });
const engines = [await startEngine({ kind: 'dynalite' })];
if (findDynoxide() !== null) engines.push(await startEngine({ kind: 'dynoxide' }));
process.send?.(engines.map(({ endpoint }) => endpoint));
