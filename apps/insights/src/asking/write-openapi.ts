import { writeFileSync } from 'node:fs';
import { openApiText } from './openapi-text.js';

/** `npm run docs:openapi`. */
writeFileSync(new URL('../../openapi.json', import.meta.url), await openApiText());
