/** Runs dynalite in memory on the port given. */
import type { Server } from 'node:http';

// Dynalite has no types of its own.
const { default: dynalite } = (await import('dynalite' as string)) as {
  default: (options: { readonly createTableMs: number }) => Server;
};
dynalite({ createTableMs: 0 }).listen(Number(process.argv[2]), '127.0.0.1');
