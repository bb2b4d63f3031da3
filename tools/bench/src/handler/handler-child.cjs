/**
 * An execution environment of its own: takes the handler's file in first, while this process has loaded as little as
 * Lambda's, then calls it as the plan in the second argument says. Prints what that took, as its last line.
 */
const process = require('node:process');
const { performance } = require('node:perf_hooks');

const [, , file, plan] = process.argv;
const cpuBefore = process.cpuUsage();
const startMs = performance.now();
const { handler } = require(file);
const wallMs = performance.now() - startMs;
const { user, system } = process.cpuUsage(cpuBefore);
const init = { cpuMs: (user + system) / 1000, wallMs };

import('./invoke-handler.ts').then(({ invokeHandler }) => invokeHandler(handler, init, JSON.parse(plan)));
