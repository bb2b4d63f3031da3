const fs = require('node:fs');
const path = require('node:path');

/** Jest reporter: leaves `{ passed, failed }` in a file, so that CI can sum over suites, cached ones too. */
module.exports = class CountsReporter {
  constructor(_globalConfig, options) {
    this.file = options.file;
  }

  onRunComplete(_contexts, results) {
    const failedSuites = results.testResults.filter((suite) => suite.testExecError).length;
    fs.mkdirSync(path.dirname(this.file), { recursive: true });
    fs.writeFileSync(
      this.file,
      JSON.stringify({ passed: results.numPassedTests, failed: results.numFailedTests + failedSuites }),
    );
  }
};
