/**
 * Loaded before Artillery where there are more CPUs than two: it starts a worker for every CPU but one, which on the one
 * core that a tool has here would only get in each other's way.
 */
const os = require('node:os');

const all = os.cpus();
os.cpus = () => all.slice(0, 2);
