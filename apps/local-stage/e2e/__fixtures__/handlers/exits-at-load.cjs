/* global process */
process.exit(7);
