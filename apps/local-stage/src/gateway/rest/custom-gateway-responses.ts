import type {
  GatewayResponseModel,
  GatewayResponseType,
} from '../../template/rest/rest-gateway-response-model.ts';
import { answerOf, type GatewayFailure } from './gateway-response.ts';
import { fillTemplate, readMappedValue, referencesOf, type ValueSource } from './mapped-value.ts';
import { readAnswerStatus } from '../answer-status.ts';
import { passedHeaderName } from './passed-header.ts';
import { isWritableHeader } from '../writable-header.ts';
import type { Answer } from '../write-response.ts';

/** The body of a customised answer whose template does not say another. */
const USUAL_TEMPLATE = '{"message":$context.error.messageString}';

/** F16: a type that changes the status by being customised at all. */
const STATUS_ONCE_CUSTOMISED: Partial<Readonly<Record<GatewayResponseType, number>>> = {
  INTEGRATION_FAILURE: 504,
};

/** The answers of one API that its template changed (F21). */
export class CustomGatewayResponses {
  readonly #byType: ReadonlyMap<GatewayResponseType, GatewayResponseModel>;
  /** Answers that depend on the failure alone, so that a flood of them costs no more than the usual ones. */
  readonly #ready = new WeakMap<GatewayFailure, Answer>();

  constructor(models: readonly GatewayResponseModel[]) {
    this.#byType = new Map(models.map((model) => [model.responseType, model]));
  }

  /**
   * The answer to a failure: the one of its type, of its class's default, or the usual one.
   * @param values of the request; asked for only where the answer depends on it
   * @param accept the client's, which chooses among templates
   */
  answerTo(failure: GatewayFailure, values: () => ValueSource, accept: string | undefined): Answer {
    const model = this.#find(failure);
    if (!model) return failure.response;
    if (!dependsOnFailureAlone(model)) return build(model, failure, values(), accept);
    let ready = this.#ready.get(failure);
    if (!ready) this.#ready.set(failure, (ready = build(model, failure, values(), accept)));
    return ready;
  }

  #find({ responseType, response }: GatewayFailure): GatewayResponseModel | undefined {
    if (responseType === null) return undefined;
    const classDefault = response.statusCode < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX';
    return this.#byType.get(responseType) ?? this.#byType.get(classDefault);
  }
}

function dependsOnFailureAlone({ headers, templates }: GatewayResponseModel): boolean {
  const bodies = Object.values(templates);
  if (bodies.length > 1) return false;
  return (
    Object.values(headers).every((source) => source.startsWith("'") || source.startsWith('context.error.')) &&
    bodies.every((body) => referencesOf(body).every((name) => name.startsWith('context.error.')))
  );
}

function build(
  model: GatewayResponseModel,
  failure: GatewayFailure,
  values: ValueSource,
  accept: string | undefined,
): Answer {
  const statusCode =
    readAnswerStatus(model.statusCode) ??
    STATUS_ONCE_CUSTOMISED[model.responseType] ??
    failure.response.statusCode;
  const [contentType, template] = chooseTemplate(model.templates, accept);
  let writtenType = contentType;
  let errorType = failure.errorType;
  const headers: string[] = [];
  for (const [name, source] of Object.entries(model.headers)) {
    const value = readMappedValue(source)(values);
    if (value === null || !isWritableHeader(name, value)) continue;
    const passedName = passedHeaderName(name);
    if (name.toLowerCase() === 'content-type') writtenType = value;
    else if (name.toLowerCase() === 'x-amzn-errortype') errorType = value;
    else if (passedName !== null) headers.push(passedName, value);
  }
  if (errorType !== null) headers.unshift('x-amzn-ErrorType', errorType);
  return answerOf(statusCode, fillTemplate(template, values), writtenType, headers);
}

/** The one the client accepts, else JSON, else the first; how AWS chooses is unverified. */
function chooseTemplate(
  templates: GatewayResponseModel['templates'],
  accept: string | undefined,
): readonly [contentType: string, template: string] {
  const entries = Object.entries(templates);
  const accepted = entries.find(([type]) => accept?.includes(type) === true);
  const json = entries.find(([type]) => type === 'application/json');
  return accepted ?? json ?? entries[0] ?? ['application/json', USUAL_TEMPLATE];
}
