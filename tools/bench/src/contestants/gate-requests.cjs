/**
 * Preloaded into peers: lets BENCH_GATE_LIMIT requests at a time in on BENCH_GATE_PORT, the others wait in order. No
 * peer has a knob for its number of execution environments; with this, each starts no more of them than ours does.
 */
const http = require('node:http');
const process = require('node:process');

const port = Number(process.env.BENCH_GATE_PORT);
const limit = Number(process.env.BENCH_GATE_LIMIT);
const waiting = [];
let inside = 0;

const { emit } = http.Server.prototype;
http.Server.prototype.emit = function emitGated(event, ...args) {
  if (event !== 'request' || this.address()?.port !== port) return emit.call(this, event, ...args);
  waiting.push({ response: args[1], enter: () => emit.call(this, event, ...args) });
  admit();
  return true;
};

function admit() {
  while (inside < limit && waiting.length > 0) {
    const { response, enter } = waiting.shift();
    // Its client has gone while it waited.
    if (response.closed) continue;
    inside += 1;
    // Also where the client leaves: whether the peer goes on for it can't be seen from here.
    response.once('close', () => {
      inside -= 1;
      admit();
    });
    enter();
  }
}
