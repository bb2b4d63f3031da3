import fc from 'fast-check';
import * as z from 'zod';

type JsonSchema = z.core.JSONSchema.JSONSchema;

/**
 * Values that a schema accepts, read off the schema itself: a field added there is generated here.
 * Numbers include 0, huge and negative ones where the schema allows them.
 */
export function arbitraryOf<T extends z.ZodType>(schema: T): fc.Arbitrary<z.output<T>> {
  return arbitrary(z.toJSONSchema(schema)).map((value) => schema.parse(value));
}

function arbitrary(schema: JsonSchema): fc.Arbitrary<unknown> {
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives !== undefined) return fc.oneof(...alternatives.map((of) => arbitrary(of)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const { type } = schema as { type?: string | string[] };
  if (Array.isArray(type))
    return fc.oneof(...type.map((of) => arbitrary({ ...schema, type: of } as JsonSchema)));
  switch (type) {
    case 'object':
      return objects(schema);
    case 'array':
      return arrays(schema);
    case 'integer':
      return integers(schema);
    case 'number':
      return numbers(schema);
    case 'string':
      return strings(schema);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      throw new Error(`no arbitrary for ${JSON.stringify(schema)}; add a case to arbitrary-of.ts`);
  }
}

function objects({ properties = {}, required = [] }: JsonSchema): fc.Arbitrary<unknown> {
  const fields = Object.entries(properties).map(([key, of]) => [key, arbitrary(of as JsonSchema)] as const);
  return fc.record(Object.fromEntries(fields), { requiredKeys: required });
}

function arrays({ prefixItems, items, minItems = 0 }: JsonSchema): fc.Arbitrary<unknown> {
  if (prefixItems !== undefined) return fc.tuple(...prefixItems.map((of) => arbitrary(of as JsonSchema)));
  return fc.array(arbitrary(items as JsonSchema), { minLength: minItems, maxLength: minItems + 6 });
}

function integers({ minimum, exclusiveMinimum, maximum }: JsonSchema): fc.Arbitrary<number> {
  const min = Math.max(minimum ?? -1e9, exclusiveMinimum === undefined ? -1e9 : Number(exclusiveMinimum) + 1);
  const max = maximum ?? Number.MAX_SAFE_INTEGER;
  return fc.oneof(
    fc.integer({ min, max: Math.min(max, min + 5000) }),
    fc.maxSafeInteger().map((n) => clamp(n, min, max)),
  );
}

function numbers({ minimum, exclusiveMinimum, maximum }: JsonSchema): fc.Arbitrary<number> {
  const min = exclusiveMinimum === undefined ? (minimum ?? -1e300) : Number(exclusiveMinimum) + 1e-9;
  const max = maximum ?? 1e300;
  const usual = fc.double({ min: Math.max(min, 0), max: Math.min(max, 5000), noNaN: true });
  return fc.oneof({ weight: 4, arbitrary: usual }, fc.double({ min, max, noNaN: true }));
}

function strings({ pattern, format }: JsonSchema): fc.Arbitrary<string> {
  if (format === 'date-time') {
    return fc
      .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
      .map((date) => date.toISOString());
  }
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  return fc.oneof(fc.string({ minLength: 1 }), fc.constant('</style><script>alert(1)</script>'));
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
