import { createConfig, lintFromString } from '@redocly/openapi-core';

/** Every rule the linter has, but these. */
const EXCEPTIONS = {
  // The gateway answers `{"message":…}` as application/json and can't be told otherwise; the service speaks as it does.
  'operation-4xx-problem-details-rfc7807': 'off',
  // The gateway's own limit of 10 MB is answered as text.
  'response-mime-type': { severity: 'error', allowedValues: ['application/json', 'text/plain'] },
  // A title may be empty, and what is for humans promises no length.
  'required-string-property-missing-min-length': 'off',
  // Bodies have whole examples.
  'scalar-property-missing-example': 'off',
  // Both paths name something to do, not a collection.
  'path-segment-plural': 'off',
  // Whom to ask is known to whoever runs a stage.
  'info-contact': 'off',
} as const;

/** What the linter finds in a document, a line each. It fetches nothing: the document refers to nothing outside. */
export async function lintOpenApi(source: string): Promise<readonly string[]> {
  const config = await createConfig({ extends: ['all'], rules: EXCEPTIONS });
  const problems = await lintFromString({ source, absoluteRef: 'openapi.json', config });
  return problems.map(
    ({ ruleId, message, location: [place] }) => `${ruleId} at ${place?.pointer ?? '#/'}: ${message}`,
  );
}
