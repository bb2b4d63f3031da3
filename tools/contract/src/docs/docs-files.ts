import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { openApiText } from '../openapi-file.ts';

/** What the server has to give, ready to be written. */
export interface DocsFile {
  readonly contentType: string;
  readonly body: string | Buffer;
}

/** Reading only: a browser may not call another origin without CORS, nor sign for it. */
const OPTIONS = {
  url: 'openapi.json',
  dom_id: '#api',
  deepLinking: true,
  docExpansion: 'full',
  defaultModelsExpandDepth: 1,
  supportedSubmitMethods: [],
  // Else the page would ask swagger.io whether the document is valid.
  validatorUrl: null,
};

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Spillway ingest API</title>
    <link rel="icon" type="image/png" href="favicon-32x32.png" />
    <link rel="stylesheet" href="swagger-ui.css" />
  </head>
  <body>
    <div id="api"></div>
    <script src="swagger-ui-bundle.js"></script>
    <script src="start.js"></script>
  </body>
</html>
`;

/** The page, the document it shows and what it is drawn with, by path. */
export function docsFiles(): ReadonlyMap<string, DocsFile> {
  const { resolve } = createRequire(import.meta.url);
  const shipped = (name: string) => readFileSync(resolve(`swagger-ui-dist/${name}`));
  return new Map<string, DocsFile>([
    ['/', { contentType: 'text/html; charset=utf-8', body: PAGE }],
    ['/openapi.json', { contentType: 'application/json', body: openApiText() }],
    ['/start.js', { contentType: 'text/javascript', body: `SwaggerUIBundle(${JSON.stringify(OPTIONS)});\n` }],
    ['/swagger-ui.css', { contentType: 'text/css', body: shipped('swagger-ui.css') }],
    ['/swagger-ui-bundle.js', { contentType: 'text/javascript', body: shipped('swagger-ui-bundle.js') }],
    ['/favicon-32x32.png', { contentType: 'image/png', body: shipped('favicon-32x32.png') }],
  ]);
}
