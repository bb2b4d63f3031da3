/**
 * What CI says in the end: `node sum-counts.cjs <npm test's exit code> <main job's exit code>` prints one line,
 * `N passed, N failed`, over the counts that the suites left behind and the main job as one more check, and exits
 * with 1 if anything failed. Runs on any Node: it must speak also where the wanted one is missing.
 */
const fs = require('node:fs');
const path = require('node:path');
const process = require('node:process');

const root = path.join(__dirname, '../..');

const folders = (parent) =>
  fs
    .readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.join(parent, entry.name));

/** Files `<group>/<project>/test-output/<suite>/counts.json`. */
const countFiles = ['apps', 'libs', 'tools']
  .map((group) => path.join(root, group))
  .filter(fs.existsSync)
  .flatMap(folders)
  .map((project) => path.join(project, 'test-output'))
  .filter(fs.existsSync)
  .flatMap(folders)
  .map((suite) => path.join(suite, 'counts.json'))
  .filter(fs.existsSync);

let [passed, failed] = [0, 0];
for (const file of countFiles) {
  const counts = JSON.parse(fs.readFileSync(file, 'utf8'));
  passed += counts.passed;
  failed += counts.failed;
}

const [testsExit, mainJobExit] = process.argv.slice(2).map(Number);
// A lint, type or synthesis error, or a suite that died before it could count, is a failure no test speaks of.
if (testsExit !== 0 && failed === 0) failed += 1;
if (mainJobExit === 0) passed += 1;
else failed += 1;

process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
