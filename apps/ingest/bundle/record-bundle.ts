/** Writes down how large the function's bundle is, package by package: what `e2e/bundle-sizes.spec.ts` compares with. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { measureBundle } from './bundle-sizes.ts';

const sizes = await measureBundle(path.resolve(import.meta.dirname, '..'));
writeFileSync(path.join(import.meta.dirname, 'bundle-sizes.json'), `${JSON.stringify(sizes, null, 2)}\n`);
console.log(`${sizes.bytes} bytes, packages: ${Object.keys(sizes.packages).length}`);
