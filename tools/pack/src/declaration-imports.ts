/** Imports, exports and `import()` types of another file of the package, by the name of its source. */
const SOURCE_IMPORT = /\b(from |import\(|import )(['"])(\.{1,2}\/[^'"]+)\.ts\2/g;

/**
 * The text of a declaration file with imports of `./x.ts` made imports of `./x.js`, as in the module beside it. The
 * compiler rewrites them in modules only (microsoft/TypeScript#61037); it finds `./x.ts` itself, editors and other tools
 * do not.
 */
export function withCompiledImports(declarations: string): string {
  return declarations.replace(SOURCE_IMPORT, '$1$2$3.js$2');
}
