module.exports = require('../../tools/workspace/jest/preset.cjs').e2e(__dirname);
