module.exports = require('../../tools/workspace/jest/preset.cjs').unit(__dirname);
