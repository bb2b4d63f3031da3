import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** Which project may import which: two flows that meet only in what a request and what a limit look like. */
const depConstraints = [
  { sourceTag: 'scope:entry', onlyDependOnLibsWithTags: ['scope:entry'] },
  { sourceTag: 'scope:limits', onlyDependOnLibsWithTags: ['scope:limits'] },
  { sourceTag: 'scope:request', onlyDependOnLibsWithTags: ['scope:request', 'scope:entry', 'scope:limits'] },
  {
    sourceTag: 'scope:capacity',
    onlyDependOnLibsWithTags: ['scope:capacity', 'scope:entry', 'scope:limits'],
  },
  { sourceTag: 'scope:workspace', onlyDependOnLibsWithTags: ['scope:workspace'] },
  {
    sourceTag: 'type:core',
    onlyDependOnLibsWithTags: ['type:core'],
    bannedExternalImports: ['node:*', '@aws-sdk/*'],
  },
  { sourceTag: 'type:edge', onlyDependOnLibsWithTags: ['type:core'] },
  { sourceTag: 'type:app', onlyDependOnLibsWithTags: ['type:core', 'type:edge'] },
  { sourceTag: 'type:tool', onlyDependOnLibsWithTags: ['type:core', 'type:edge'] },
];

export default tseslint.config(
  { ignores: ['**/dist', '**/out-tsc', '**/cdk.out', '**/test-output', 'results', '**/node_modules'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  prettier,
  {
    files: ['**/*.ts', '**/*.mts'],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        { enforceBuildableLibDependency: true, allow: [], depConstraints },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      'max-lines': ['error', { max: 200, skipBlankLines: false, skipComments: false }],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'TSEnumDeclaration',
          message: 'Use a string union: Node strips types, it does not compile.',
        },
      ],
    },
  },
  {
    files: ['libs/*/src/**/*.ts'],
    // The libraries of type:edge: run-files reads files and client talks to a network, so that core libraries need not.
    ignores: ['**/*.spec.ts', 'libs/run-files/**', 'libs/client/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['node:*'], message: 'Core libraries take values in and give values out.' }] },
      ],
      'no-restricted-globals': ['error', 'process', 'setTimeout', 'setInterval', 'fetch', 'console'],
    },
  },
  {
    files: ['**/*.spec.ts'],
    rules: { 'max-lines': ['error', { max: 400 }], '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { globals: { require: 'readonly', module: 'writable', __dirname: 'readonly' } },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
