import * as z from 'zod';

const environmentSchema = z
  .looseObject({
    GITHUB_SERVER_URL: z.string().default('https://github.com'),
    GITHUB_REPOSITORY: z
      .string()
      .regex(/^[\w.-]+\/[\w.-]+$/)
      .optional(),
  })
  .transform(({ GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name }) => ({
    /**
     * Where the workflow that packs runs from, for the manifest: npm refuses a package with provenance whose
     * `repository` is another. Absent outside a workflow.
     */
    repositoryUrl: name === undefined ? undefined : `git+${server}/${name}.git`,
  }));

/** Environment variables, parsed; the only file here that reads them. */
export const environment = environmentSchema.parse(process.env);
