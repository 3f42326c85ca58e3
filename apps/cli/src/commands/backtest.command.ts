import { readFileSync } from 'node:fs';
import { ALL_SEGMENTS, backtestSentence, backtestSignals } from '@milepost/onboarding/learning';
import type { BacktestRow, Share, SignalBacktest } from '@milepost/onboarding/learning';
import { formatProblem, loadProposal } from '@milepost/plan';
import type { Plan, Proposal } from '@milepost/plan';
import { readPlanFiles } from '@milepost/platform';
import { UsageError } from '../connections.js';
import type { Connections } from '../connections.js';
import { EXAMPLE_PROPOSAL } from '../example-proposal.js';
import { histories } from '../histories.js';
import { print, table } from '../output.js';
import type { Output } from '../output.js';

export interface BacktestOptions extends Output {
  /** YAML with the proposed `signals`, as in the plan. */
  signal: string;
  /** Event type; null: what the plan says ends an account. */
  foretells: string | null;
  withinDays: number;
}

export interface BacktestReport extends SignalBacktest {
  foretells: string;
  withinDays: number;
  seconds: number;
}

/** N6: what a proposed signal would have done over all of the history, by the deciders that run live. */
export async function backtest(connections: Connections, options: BacktestOptions): Promise<void> {
  const current = connections.plan;
  const { plan: proposed, signals } = readProposal(connections.addresses.planDir, options.signal, current);
  const foretells = options.foretells ?? current.lifecycle.end;
  if (!proposed.events[foretells])
    throw new UsageError(`The plan has no event ${foretells}; --foretells wants one of ${Object.keys(proposed.events).join(', ')}.`); // prettier-ignore
  const began = performance.now();
  const { withinDays } = options;
  const question = { current, proposed, signals, foretells, withinDays };
  const answers = await backtestSignals(question, histories(connections));
  const seconds = (performance.now() - began) / 1000;
  for (const answer of answers) {
    const report: BacktestReport = { foretells, withinDays, seconds, ...answer };
    print(options, report, () => describe(report));
  }
}

/** Said of a file that is not there: its name alone tells nobody what to put into it. */
const WANTED = `a YAML file with the proposed \`signals\`, as plan/signals.yaml has them; ${EXAMPLE_PROPOSAL} in the repository is one`;

function readProposal(planDir: string, file: string, current: Plan): Proposal {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? `there is no such file from ${process.cwd()} on` : message;
    throw new UsageError(`${file} can't be read: ${why}. --signal wants ${WANTED}.`);
  }
  const loaded = loadProposal(readPlanFiles(planDir), current, { path: file, text });
  if ('problems' in loaded) throw new UsageError(`The proposal has problems:\n${loaded.problems.map(formatProblem).join('\n')}`); // prettier-ignore
  if (loaded.signals.length === 0) throw new UsageError(`${file} changes no signal: give it a \`signals\` that differs from the plan's.`); // prettier-ignore
  return loaded;
}

const percent = (value: number | null): string => (value === null ? '–' : `${(100 * value).toFixed(1)} %`);
const one = (value: number | null): string => (value === null ? '–' : value.toFixed(1));
const shareText = ({ value, of }: Share): string =>
  value === null
    ? '– of 0'
    : `${percent(value.estimate)} (${(100 * value.lower).toFixed(0)}–${(100 * value.upper).toFixed(0)}) of ${of}`;

const HEAD = ['segment', 'accounts', 'alarms', 'undecided', 'precision', 'by chance', 'recall', 'by chance', 'lead, days', 'false a week', 'alarms per catch']; // prettier-ignore

const rowOf = (row: BacktestRow): (string | number)[] => [
  row.segment === ALL_SEGMENTS ? 'all' : row.segment,
  row.accounts,
  row.alarms,
  row.undecided,
  shareText(row.precision),
  percent(row.random.precision),
  shareText(row.recall),
  percent(row.random.recall),
  row.leadDays === null ? '–' : `${one(row.leadDays.median)} (${one(row.leadDays.lower)}–${one(row.leadDays.upper)})`,
  one(row.falseAlarmsPerWeek),
  one(row.alarmsPerOutcome),
];

function describe({
  signal,
  foretells,
  withinDays,
  accounts,
  events,
  seconds,
  proposed,
  current,
}: BacktestReport): string {
  const counts = `${accounts.toLocaleString('en')} accounts and ${events.toLocaleString('en')} events in ${seconds.toFixed(1)} s`;
  return [
    `${signal}: does ${foretells} follow within ${withinDays} days? ${counts}, as if each event had arrived when it happened.`,
    '',
    'Proposed',
    table(HEAD, proposed.map(rowOf)),
    '',
    ...(current.length === 0
      ? ['The plan in force has no such signal.']
      : ['In force', table(HEAD, current.map(rowOf))]),
    '',
    backtestSentence(proposed[0]),
  ].join('\n');
}
