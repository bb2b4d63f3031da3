import { batchModel, entryModel } from '@spillway/shared/json-schema';
import { RequestValidator } from 'aws-cdk-lib/aws-apigateway';
import type { JsonSchema, MethodOptions, RestApi } from 'aws-cdk-lib/aws-apigateway';

/** What the gateway asks of a body before it invokes anything, by route. */
export interface RequestModels {
  readonly entry: MethodOptions;
  readonly batch: MethodOptions;
}

/**
 * Models made from the contract's own schema: an invalid entry costs no invocation. They refuse only what the function
 * would refuse as well, and of a batch only the envelope, since each entry has an outcome of its own.
 */
export function addRequestModels(api: RestApi): RequestModels {
  const requestValidator = new RequestValidator(api, 'Bodies', {
    restApi: api,
    validateRequestBody: true,
    // Neither route takes any: for the check that the gateway validates all it can.
    validateRequestParameters: true,
  });
  const validated = (id: string, schema: JsonSchema): MethodOptions => {
    const model = api.addModel(id, { schema });
    // `$default` stands for every other content type, such as curl's: the function reads them all as JSON. That it holds
    // for validation, too, is unverified; what passes is the function's to refuse.
    return { requestValidator, requestModels: { 'application/json': model, $default: model } };
  };
  return { entry: validated('EntryModel', entryModel()), batch: validated('BatchModel', batchModel()) };
}
