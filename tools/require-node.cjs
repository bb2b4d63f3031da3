/**
 * Preloaded before every entry point (`node --require …/require-node.cjs src/main.ts`) and by every Jest
 * configuration: on an older Node the TypeScript entry would fail with a syntax error that says nothing.
 */
const fs = require('node:fs');
const path = require('node:path');
const process = require('node:process');

const wanted = fs.readFileSync(path.join(__dirname, '../.nvmrc'), 'utf8').trim();
const [found, needed] = [process.versions.node, wanted].map((version) => Number.parseInt(version, 10));

if (found < needed) {
  process.stderr.write(
    `Node ${process.versions.node} found, Node ${needed} or newer wanted: npm ci installs it on Linux (x64, arm64); ` +
      `elsewhere run "nvm install ${wanted}" or get it from https://nodejs.org, then try again.\n`,
  );
  process.exit(1);
}
