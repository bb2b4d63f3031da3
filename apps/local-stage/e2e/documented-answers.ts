import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The document that client teams read, as it is checked in. */
const FILE = join(__dirname, '../../../libs/shared/openapi.json');

interface DocumentedResponse {
  readonly headers?: Readonly<Record<string, { readonly $ref: string }>>;
  readonly content: Readonly<Record<string, object>>;
}
interface OpenApi {
  readonly paths: Readonly<
    Record<string, { readonly post: { readonly responses: Readonly<Record<string, object>> } }>
  >;
}

/** What every HTTP answer has, and the ids that both kinds of API give a request. */
const TRANSPORT = new Set([
  ...['connection', 'content-length', 'content-type', 'date', 'keep-alive'],
  ...['apigw-requestid', 'x-amz-apigw-id', 'x-amzn-requestid', 'x-amzn-trace-id'],
]);

/** Compares answers with `libs/shared/openapi.json`, and keeps book of what was seen of it. */
export class DocumentedAnswers {
  readonly #document: OpenApi;
  readonly #ajv = new Ajv2020({ strict: false });
  readonly #seen = new Set<string>();

  constructor() {
    const text = readFileSync(FILE, 'utf8');
    this.#document = JSON.parse(text) as OpenApi;
    this.#ajv.addSchema({ ...(closed(this.#document) as object), $id: 'openapi' });
  }

  /** What of an answer the document does not say, each with its place; empty where it says it all. */
  problemsOf(path: string, { status, headers, body }: AnswerRead): readonly string[] {
    const operation = `POST ${path} ${status}`;
    const found = this.#find(path, status);
    if (!found) return [`${operation} is not documented`];
    const { pointer, response } = found;
    const problems: string[] = [];
    const type = headers.get('content-type') ?? '';
    this.#seen.add(`${operation} ${type}`);
    if (!response.content[type]) problems.push(`${operation}: content type "${type}" is not documented`);
    else {
      const at = `${pointer}/content/${escape(type)}/schema`;
      const read = type === 'application/json' ? readJson(body) : { value: body };
      const mismatch = read === null ? [' is no JSON'] : this.#mismatch(at, read.value);
      problems.push(...mismatch.map((problem) => `${operation}: body${problem}: ${body}`));
    }
    for (const [name, value] of headers) {
      if (TRANSPORT.has(name)) continue;
      const documented = Object.keys(response.headers ?? {}).find((key) => key.toLowerCase() === name);
      if (documented === undefined) problems.push(`${operation}: header ${name} is not documented`);
      else {
        this.#seen.add(`${operation} ${documented}`);
        const { $ref } = response.headers?.[documented] ?? { $ref: '' };
        const read = /^\d+$/.test(value) ? Number(value) : value;
        const mismatch = this.#mismatch(`${$ref.slice(1)}/schema`, read);
        problems.push(...mismatch.map((problem) => `${operation}: ${documented} ${value}${problem}`));
      }
    }
    return problems;
  }

  /** What the document says of answers, and no answer has shown. */
  unseen(): readonly string[] {
    return Object.entries(this.#document.paths)
      .flatMap(([path, { post }]) => Object.keys(post.responses).map((status) => [path, status] as const))
      .flatMap(([path, status]) => {
        const { content = {}, headers = {} } = this.#find(path, Number(status))?.response ?? {};
        return [...Object.keys(content), ...Object.keys(headers)].map(
          (part) => `POST ${path} ${status} ${part}`,
        );
      })
      .filter((part) => !this.#seen.has(part));
  }

  #find(path: string, status: number): { pointer: string; response: DocumentedResponse } | null {
    const response = this.#document.paths[path]?.post.responses[status];
    if (!response) return null;
    const own = `/paths/${escape(path)}/post/responses/${status}`;
    const pointer = '$ref' in response ? String(response.$ref).slice(1) : own;
    return { pointer, response: resolve(this.#document, pointer) as DocumentedResponse };
  }

  #mismatch(pointer: string, value: unknown): string[] {
    const validate = this.#ajv.compile({ $ref: `openapi#${pointer}` });
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  }
}

/** An answer whose body was read. */
export interface AnswerRead {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

function readJson(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return null;
  }
}

/** Objects take what is documented and no more: a client may ignore the rest, but the document should know it. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (value === null || typeof value !== 'object') return value;
  const copy = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, closed(inner)]));
  return copy['type'] === 'object' && 'properties' in copy ? { additionalProperties: false, ...copy } : copy;
}

function resolve(document: unknown, pointer: string): unknown {
  return pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((value, part) => Reflect.get(value as object, part), document);
}

function escape(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1');
}
