import { withCompiledImports } from './declaration-imports.ts';

describe('withCompiledImports', () => {
  it.each([
    ['an import of types', `import type { A } from './a.ts';`, `import type { A } from './a.js';`],
    ['an export', `export { a } from "./deep/a.ts";`, `export { a } from "./deep/a.js";`],
    ['a folder above', `import { a } from '../a.ts';`, `import { a } from '../a.js';`],
    ['an import for its effect', `import './a.ts';`, `import './a.js';`],
    ['a type in place', `let a: import('./a.ts').A;`, `let a: import('./a.js').A;`],
    [
      'two in a line',
      `export * from './a.ts'; export * from './b.ts';`,
      `export * from './a.js'; export * from './b.js';`,
    ],
  ])('rewrites %s', (_what, text, rewritten) => expect(withCompiledImports(text)).toBe(rewritten));

  it.each([
    ['a package', `import { a } from 'a.ts';`],
    ['a compiled module', `import { a } from './a.js';`],
    ['a text', `declare const name = './a.ts';`],
    ['declarations', `import { a } from './a.d.tsx';`],
  ])('leaves %s alone', (_what, text) => expect(withCompiledImports(text)).toBe(text));
});
