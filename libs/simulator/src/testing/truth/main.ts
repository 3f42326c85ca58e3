import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findingsOf } from './questions/index.js';
import type { Findings } from './sighting.js';
import { summaryOf } from './summary.js';
import { tablesOf } from './table.js';
import { FEW, FULL, verdictsOf } from './verdicts.js';

const HELP = `Asks the statistics questions of companies whose answers are planted, and compares.

  --seeds N       how many companies (default 200); below 100 with wider bounds
  --from N        the first seed (default 1)
  --write         put the tables into docs/truth.md
  --json FILE     the summary as JSON`;

const PAGE = 'docs/truth.md';
const MARK = '<!-- npm run test:truth -- --write -->';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const say = (text: string): void => void process.stdout.write(`${text}\n`);

function ask(): void {
  const [from, seeds] = [Number(values.from), Number(values.seeds)];
  const findings: Findings[] = [];
  for (let seed = from; seed < from + seeds; seed++) {
    findings.push(...findingsOf(seed));
    if ((seed - from + 1) % 20 === 0) process.stderr.write(`${seed - from + 1} of ${seeds} seeds\n`);
  }
  const summary = summaryOf(findings);
  // The targets are for 200 seeds; few seeds can bear wider bounds only.
  const verdicts = verdictsOf(summary, seeds < 100 ? FEW : FULL);
  const missed = verdicts.filter(({ holds }) => !holds);
  const tables = `Seeds ${from} to ${from + seeds - 1}. ${verdicts.length - missed.length} of ${verdicts.length} targets are met.\n\n${tablesOf(summary, seeds)}`;
  say(tables);
  for (const { row, what } of missed) say(`Missed: ${row}: ${what}`);
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify({ seeds, summary, verdicts }, null, 2));
  if (values.write) {
    const [text] = readFileSync(PAGE, 'utf8').split(MARK);
    writeFileSync(PAGE, `${text}${MARK}\n\n${tables}\n`);
  }
  process.exitCode = missed.length === 0 ? 0 : 1;
}

if (values.help) say(HELP);
else ask();
