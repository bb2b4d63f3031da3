/* global exports, process */
const { existsSync, writeFileSync } = require('node:fs');

/** Fails to load the first time. */
if (!existsSync(process.env.MARKER)) {
  writeFileSync(process.env.MARKER, '');
  throw new Error('not yet');
}
exports.handler = async () => 'loaded';
