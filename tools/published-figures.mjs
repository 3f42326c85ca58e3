// The table of docs/published-figures.md, on the screen or (--write) into the page. A test holds the page to the library.
import { readFileSync, writeFileSync } from 'node:fs';
import { figuresTable, PUBLISHED_FIGURES } from '../libs/statistics/dist/testing/published-figures.js';

const PAGE = new URL('../docs/published-figures.md', import.meta.url);
const MARK = '<!-- figures -->';

const table = figuresTable();
console.log(table);
const off = PUBLISHED_FIGURES.filter(({ reference, got }) => reference.join() !== got().join());
console.log(`\n${PUBLISHED_FIGURES.length - off.length} of ${PUBLISHED_FIGURES.length} stand to the digits printed.`);
if (process.argv.includes('--write')) writeFileSync(PAGE, `${readFileSync(PAGE, 'utf8').split(MARK)[0]}${MARK}\n\n${table}\n`); // prettier-ignore
process.exitCode = off.length > 0 ? 1 : 0;
