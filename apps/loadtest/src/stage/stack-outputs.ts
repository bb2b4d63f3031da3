import * as z from 'zod';

/** The output with the API's id tells its kind. */
const outputsSchema = z
  .object({
    ApiUrl: z.url(),
    ApiStageName: z.string(),
    FunctionName: z.string(),
    FunctionAlias: z.string().optional(),
    TableName: z.string(),
    RestApiId: z.string().optional(),
    HttpApiId: z.string().optional(),
  })
  .refine(({ RestApiId, HttpApiId }) => (RestApiId === undefined) !== (HttpApiId === undefined), {
    error: 'want one of RestApiId, HttpApiId',
    // Beside whatever else is missing.
    when: () => true,
  });

/** What a stage's stack says of its parts. */
export type StackOutputs = z.infer<typeof outputsSchema>;

/** Parses outputs by name; on failure every one that is missing or wrong is named. */
export function parseOutputs(outputs: unknown): z.ZodSafeParseResult<StackOutputs> {
  return outputsSchema.safeParse(outputs);
}
