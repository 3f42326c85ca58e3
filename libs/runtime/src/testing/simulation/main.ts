import { register } from 'node:module';
import { parseArgs } from 'node:util';
import { MUTANTS } from './mutants.js';

const HELP = `Runs the runtime's shell on simulated Kafka, Redis and ClickHouse, and compares with a fold of the log.

  --seeds N       how many runs (default 10000)
  --from N        the first seed (default 1)
  --stop-after N  end after so many failures (default 5)
  --seed N        this one alone, with its trace
  --without TEXT  leave this clause of the protocol out: the runs must fail
  --clauses       list the clauses that can be left out
  --json          the result as JSON`;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '10000' },
    from: { type: 'string', default: '1' },
    'stop-after': { type: 'string', default: '5' },
    seed: { type: 'string' },
    without: { type: 'string' },
    clauses: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const say = (text: string): void => void process.stdout.write(`${text}\n`);

function leaveOut(clause: string): void {
  const mutant = MUTANTS.find((one) => one.clause === clause);
  if (!mutant) throw new Error(`No clause "${clause}"; --clauses lists them.`);
  register('./mutating-loader.js', import.meta.url, {
    data: { mutant, root: new URL('../../', import.meta.url).href },
  });
}

async function simulate(): Promise<void> {
  if (values.without !== undefined) leaveOut(values.without);
  // Only now: what is imported before the loader is registered would be whole.
  const { runSeed } = await import('./run-seed.js');
  if (values.seed !== undefined) {
    const run = await runSeed(Number(values.seed), true);
    for (const line of run.trace) say(line);
    say(run.wrong.length === 0 ? 'All is well.' : run.wrong.join('\n'));
    process.exitCode = run.wrong.length === 0 ? 0 : 1;
    return;
  }
  const from = Number(values.from);
  const totals = { seeds: 0, steps: 0, faults: 0, failed: [] as number[] };
  for (let seed = from; seed < from + Number(values.seeds); seed++) {
    const run = await runSeed(seed);
    totals.seeds++;
    totals.steps += run.steps;
    totals.faults += run.faults;
    if (run.wrong.length === 0) continue;
    totals.failed.push(seed);
    if (!values.json) say(`Seed ${seed} (${run.kind}) fails; see it with --seed ${seed}\n${run.wrong.join('\n')}`);
    if (totals.failed.length === Number(values['stop-after'])) break;
  }
  const { seeds, steps, faults, failed } = totals;
  say(
    values.json ? JSON.stringify(totals) : `${seeds} runs, ${steps} steps, ${faults} faults, ${failed.length} failed`,
  );
  process.exitCode = failed.length === 0 ? 0 : 1;
}

if (values.help) say(HELP);
else if (values.clauses) for (const { clause, file } of MUTANTS) say(`${clause} (${file})`);
else await simulate();
