import { readFileSync } from 'node:fs';
import { accountHistories } from '@milepost/clickhouse';
import { DAY } from '@milepost/contracts';
import { ALL_SEGMENTS, Backtest } from '@milepost/onboarding/learning';
import type { BacktestAnswer, BacktestRow, Share } from '@milepost/onboarding/learning';
import { formatProblem, loadPlan } from '@milepost/plan';
import type { Plan } from '@milepost/plan';
import { readPlanFiles } from '@milepost/platform';
import { UsageError } from '../connections.js';
import type { Connections } from '../connections.js';
import { print, Progress, table } from '../output.js';
import type { Output } from '../output.js';

export interface BacktestOptions extends Output {
  /** YAML with the proposed `signals`, as in the plan. */
  signal: string;
  /** Event type; null: what the plan says ends an account. */
  foretells: string | null;
  withinDays: number;
}

export interface BacktestReport extends BacktestAnswer {
  signal: string;
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
  const until = Date.now() * 1000;
  const horizon = options.withinDays * DAY;
  const tests = signals.map((signal) => new Backtest({ current, proposed, signal, foretells, horizon, until }));
  const progress = new Progress();
  let accounts = 0;
  for await (const { account, events } of accountHistories(connections.clickhouse(), until)) {
    for (const test of tests) test.add(account, events);
    if (++accounts % 1_000 === 0) progress.say(`${accounts.toLocaleString('en')} accounts`);
  }
  if (accounts === 0) throw new UsageError('ClickHouse holds no events yet: feed some first, `milepost simulate`.');
  const seconds = (performance.now() - began) / 1000;
  const { withinDays } = options;
  for (const [i, signal] of signals.entries()) {
    const report: BacktestReport = { signal, foretells, withinDays, seconds, ...tests[i]!.answer() };
    print(options, report, () => describe(report));
  }
}

/** The plan with the proposal in it, and the names of what is proposed. */
function readProposal(planDir: string, file: string, current: Plan): { plan: Plan; signals: string[] } {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} can't be read: ${(error as Error).message}`);
  }
  const loaded = loadPlan([...readPlanFiles(planDir), { path: file, text, proposed: true }]);
  if ('problems' in loaded) throw new UsageError(`The proposal has problems:\n${loaded.problems.map(formatProblem).join('\n')}`); // prettier-ignore
  const known = new Map(current.signals.map((signal) => [signal.name, JSON.stringify(signal)]));
  const signals = loaded.plan.signals.filter((one) => known.get(one.name) !== JSON.stringify(one));
  if (signals.length === 0) throw new UsageError(`${file} changes no signal: give it a \`signals\` that differs from the plan's.`); // prettier-ignore
  return { plan: loaded.plan, signals: signals.map(({ name }) => name) };
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
    sentence(proposed[0]),
  ].join('\n');
}

/** In one plain sentence, with no more certainty than there is. */
function sentence(row: BacktestRow | undefined): string {
  const precision = row?.precision.value;
  if (!row || !precision) return 'The proposal raised no alarm that can be judged yet.';
  const chance = row.random.precision;
  const beatsChance = chance !== null && precision.lower > chance;
  return `Of 100 alarms, about ${(100 * precision.estimate).toFixed(0)} would have been right: ${beatsChance ? '' : 'not surely '}better than alarms at moments of chance (${percent(chance)}).`; // prettier-ignore
}
