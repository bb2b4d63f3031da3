import { randomUUID } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** What a DynamoDB answers. */
export interface TableAnswer {
  readonly statusCode: number;
  /** Name, value, name, value, as they came. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

/**
 * An error in DynamoDB's protocol.
 * @param type `ThrottlingException`; the SDK tells errors apart by it and decides by it whether to retry
 * @param details further members, such as `ThrottlingReasons`
 */
export function errorAnswer(
  statusCode: number,
  type: string,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): TableAnswer {
  return jsonAnswer(statusCode, { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message, ...details });
}

/** Any answer of our own, with the checksum that DynamoDB sends along. */
export function jsonAnswer(statusCode: number, content: unknown): TableAnswer {
  const body = Buffer.from(JSON.stringify(content));
  return {
    statusCode,
    rawHeaders: [
      ...['Content-Type', 'application/x-amz-json-1.0'],
      ...['x-amzn-RequestId', randomUUID()],
      ...['x-amz-crc32', String(crc32(body))],
    ],
    body,
  };
}

/** The short name of the error that an answer is, or null where it is none. */
export function errorTypeOf(answer: TableAnswer): string | null {
  if (answer.statusCode < 400) return null;
  const [, type = null] = /"__type"\s*:\s*"(?:[^"#]*#)?(\w+)"/.exec(answer.body.toString()) ?? [];
  return type;
}

/** What an answer says, or null where it is no JSON. */
export function contentOf({ body }: TableAnswer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return null;
  }
}
