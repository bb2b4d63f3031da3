/** Seconds of synthesis are work, not waiting: a busy machine must not fail them. */
module.exports = { ...require('../../tools/jest/preset.cjs').unit(__dirname), testTimeout: 60_000 };
