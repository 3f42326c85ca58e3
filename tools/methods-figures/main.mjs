// Draws the figures of docs/methods from the library's own output. `npm run docs:methods`; `-- --check` only compares.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const scripts = new URL('figures/', import.meta.url);
const drawings = new URL('../../docs/methods/figures/', import.meta.url);
const stale = [];
for (const file of readdirSync(scripts).sort()) {
  const { name, draw } = await import(new URL(file, scripts));
  const target = new URL(`${name}.svg`, drawings);
  const drawn = draw();
  if (!values.check) writeFileSync(target, drawn);
  else if (readFileSync(target, 'utf8') !== drawn) stale.push(`${name}.svg`);
}
if (stale.length > 0) {
  console.error(`Not what the library draws now: ${stale.join(', ')}. Run npm run docs:methods, and look at them.`);
  process.exitCode = 1;
}
