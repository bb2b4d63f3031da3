/** F42: what an item may count, bytes. */
export const ITEM_LIMIT_BYTES = 400 * 1024;

/** A list or a map costs this, empty or not; each of its elements costs {@link ELEMENT_BYTES} more. */
const DOCUMENT_BYTES = 3;
const ELEMENT_BYTES = 1;

/**
 * Size of an item as DynamoDB counts it ("DynamoDB item sizes and formats"): the UTF-8 bytes of its names and its
 * values. AWS calls the size of a number approximate, so this one is too: a byte, and one for two significant digits.
 * @param item in DynamoDB JSON; what is no attribute value counts nothing, since DynamoDB refuses it anyway
 */
export function itemBytes(item: unknown): number {
  return namedBytes(item, 0);
}

/** Size of one value without its name, such as `{ S: 'text' }`. */
export function valueBytes(value: unknown): number {
  if (!isRecord(value)) return 0;
  const [type, content] = Object.entries(value)[0] ?? [];
  switch (type) {
    case 'S':
      return textBytes(content);
    case 'N':
      return numberBytes(content);
    case 'B':
      return binaryBytes(content);
    case 'BOOL':
    case 'NULL':
      return 1;
    case 'SS':
      return sum(content, textBytes);
    case 'NS':
      return sum(content, numberBytes);
    case 'BS':
      return sum(content, binaryBytes);
    case 'L':
      return DOCUMENT_BYTES + sum(content, (element) => valueBytes(element) + ELEMENT_BYTES);
    case 'M':
      return DOCUMENT_BYTES + namedBytes(content, ELEMENT_BYTES);
    default:
      return 0;
  }
}

function namedBytes(attributes: unknown, bytesEach: number): number {
  if (!isRecord(attributes)) return 0;
  let bytes = 0;
  for (const [name, value] of Object.entries(attributes)) {
    bytes += Buffer.byteLength(name) + valueBytes(value) + bytesEach;
  }
  return bytes;
}

function textBytes(text: unknown): number {
  return typeof text === 'string' ? Buffer.byteLength(text) : 0;
}

function binaryBytes(base64: unknown): number {
  return typeof base64 === 'string' ? Buffer.byteLength(base64, 'base64') : 0;
}

function numberBytes(text: unknown): number {
  if (typeof text !== 'string') return 0;
  const mantissa = text.replace(/^[+-]/, '').replace(/e.*$/i, '').replace('.', '');
  const significant = mantissa.replace(/^0+/, '').replace(/0+$/, '');
  return 1 + Math.ceil(significant.length / 2);
}

function sum(elements: unknown, bytesOf: (element: unknown) => number): number {
  return Array.isArray(elements) ? elements.reduce((bytes: number, e) => bytes + bytesOf(e), 0) : 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
