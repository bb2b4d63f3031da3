import { validateHeaderName, validateHeaderValue } from 'node:http';

/** Whether a header can be written: node refuses others with an exception. */
export function isWritableHeader(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}
