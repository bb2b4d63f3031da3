import writeFileAtomic from 'write-file-atomic';
import { OPENAPI_FILE, openApiText } from './openapi-file.ts';

await writeFileAtomic(OPENAPI_FILE, openApiText());
process.stdout.write(`${OPENAPI_FILE}\n`);
