import type { SurvivalAnswer, SurvivalQuery, Warning } from '@milepost/contracts/http';
import { ProblemException } from '@milepost/platform';
import { hasNoAnswer, logRank } from '@milepost/statistics';
import { byLabel } from '../insights/by-label.js';
import type { Insights } from '../insights/insights.js';
import { doubtsOnLeaving, doubtsOnTerms } from '../insights/leaving.js';
import { checkNotEmpty, sampleOf, scopedAccounts } from '../insights/scoped-accounts.js';
import { accounts, counted, listed, number, share } from '../wording/figures.js';
import { dimensionWarnings, FEW_EVENTS, smallCells } from '../wording/warnings.js';
import { comparisonTime } from './comparison-time.js';
import { KIND, SAID } from '../insights/outcomes.js';
import { incidenceGroup, riskTableOf, survivalGroup } from './survival-curves.js';

interface Row {
  label: string;
  day: number;
  term: number;
  events: number;
  competing: number;
  censored: number;
}
type Group = SurvivalAnswer['data']['groups'][number];

/** How long until an outcome, by group. */
export async function survival(insights: Insights, query: SurvivalQuery): Promise<SurvivalAnswer> {
  const { outcome, clock } = query;
  if (clock === 'renewal' && outcome !== 'cancellation') {
    throw new ProblemException('invalid-query', `clock is renewal and outcome ${outcome}: terms are counted until cancellation only; leave clock out.`); // prettier-ignore
  }
  const scoped = await scopedAccounts(insights, query);
  const byTerm = clock === 'renewal';
  const rows = await insights.ask<Row>(byTerm ? 'renewal-terms' : 'survival-times', { ...scoped.parameters, kind: KIND[outcome] }); // prettier-ignore
  const total = rows.reduce((sum, row) => sum + row.events + row.competing + row.censored, 0);
  checkNotEmpty(total);
  const times = rows.map((row) => (byTerm ? row.term : row.day));
  const last = Math.max(...times);
  const at = pointsAsked(query.at, last, byTerm);
  const labelled = byLabel(rows).map(([label, own]) => ({
    label,
    own,
    ended: own.map((row) => ({ time: byTerm ? row.term : row.day, causes: [row.events, row.competing], censored: row.censored })), // prettier-ignore
  }));
  const shows = outcome === 'cancellation' ? ('survival' as const) : ('incidence' as const);
  const groups = labelled.map(({ label, own, ended }) => {
    const count = (field: 'events' | 'competing' | 'censored'): number => own.reduce((sum, row) => sum + row[field], 0);
    const counts = { events: count('events'), competing: count('competing'), censored: count('censored') };
    const curve = shows === 'survival' ? survivalGroup(ended, at) : incidenceGroup(ended, at);
    return { group: label, accounts: counts.events + counts.competing + counts.censored, ...counts, ...curve };
  });
  const events = groups.reduce((sum, one) => sum + one.events, 0);
  const tables = labelled.map(({ ended }) => riskTableOf(ended));
  return {
    data: {
      unit: byTerm ? 'terms' : 'days',
      shows,
      groups,
      logRank: compared(groups.map(({ group }) => group), tables), // prettier-ignore
    },
    ...(shows === 'survival' ? survivalMethod(byTerm) : incidenceMethod(outcome)),
    sample: sampleOf(scoped, total),
    events: { count: events, what: `accounts that ${SAID[outcome]}` },
    censoring: {
      accounts: groups.reduce((sum, one) => sum + one.censored, 0),
      rule: byTerm
        ? 'Last seen having renewed so often, or gone in a term that would not have ended yet.'
        : 'Still active when last seen.',
    },
    warnings: [
      ...smallCells(groups),
      ...fewEvents(groups),
      ...(outcome === 'cancellation' && !byTerm ? await doubtsOnLeaving(insights, scoped, true) : []), // prettier-ignore
      ...(byTerm ? await doubtsOnTerms(insights, scoped) : []),
      ...dimensionWarnings(query.by),
    ],
    sentence: sentenceOf(groups, outcome, byTerm),
  };
}

function pointsAsked(asked: string | undefined, last: number, byTerm: boolean): number[] {
  if (asked === undefined) {
    const step = byTerm ? 1 : 30;
    return Array.from({ length: Math.min(12, Math.floor(last / step)) }, (_, k) => (k + 1) * step);
  }
  const at = asked.split(',').map(Number);
  const beyond = at.find((one) => one > last);
  if (beyond === undefined) return at;
  throw new ProblemException('beyond-the-data', `at holds ${beyond}; of the accounts asked about, the one seen longest ${byTerm ? `was seen for ${counted(last, 'term')}` : `signed up ${counted(last, 'day')} before it was last seen`}: give at most that.`); // prettier-ignore
}

const POINTWISE = "pointwise, log-log; Wilson's of those still there where it has come to nobody yet";

const survivalMethod = (byTerm: boolean): Pick<SurvivalAnswer, 'method' | 'interval'> => ({
  method: {
    name: 'Kaplan–Meier',
    says: byTerm
      ? 'The share of paying accounts that renewed so many terms, counted by term: a contract cannot end within one.'
      : 'The share of accounts that have not cancelled by a day since signup, with who is still active counted for as long as seen. By group as at signup.',
  },
  interval: { confidence: 0.95, kind: POINTWISE },
});

const incidenceMethod = (outcome: string): Pick<SurvivalAnswer, 'method' | 'interval'> => ({
  method: {
    name: 'cumulative incidence (Aalen–Johansen)',
    says: `The share of accounts that had the ${outcome} by a day since signup. Cancelling before is a competing event, not censored.`,
  },
  interval: { confidence: 0.95, kind: POINTWISE },
});

function compared(groups: readonly string[], tables: readonly ReturnType<typeof riskTableOf>[]) {
  if (groups.length < 2) return null;
  try {
    const { statistic, degreesOfFreedom, p } = logRank({ groups, strata: [tables] });
    return { statistic, degreesOfFreedom, p };
  } catch (error) {
    if (!hasNoAnswer(error)) throw error;
    return null;
  }
}

function fewEvents(groups: readonly Group[]): Warning[] {
  const few = groups.filter(({ events }) => events < FEW_EVENTS).map(({ group, events }) => `${group} (${events})`);
  if (few.length === 0) return [];
  return [{ code: 'few-events', text: `Fewer than ${FEW_EVENTS} events: ${few.join(', ')}. Read the interval, not the curve.` }]; // prettier-ignore
}

/** All groups at one time: a curve that is seen for longer has had longer to fall. */
function sentenceOf(groups: readonly Group[], outcome: SurvivalQuery['outcome'], byTerm: boolean): string {
  const time = comparisonTime(groups);
  if (time === null) return 'Nobody was observed for long enough to say.';
  const parts = groups.map(({ group, at, accounts: of }) => {
    const point = at.find((one) => one.time === time)!;
    return point.estimate === null ? `${group}: too little time (${accounts(of)})` : `${group} ${share(point)}`;
  });
  return `${WHAT[outcome](byTerm)} ${byTerm ? 'term' : 'day'} ${number(time)}: ${listed(parts)}.`;
}

const WHAT: Readonly<Record<SurvivalQuery['outcome'], (byTerm: boolean) => string>> = {
  cancellation: (byTerm) => (byTerm ? 'Still renewing at' : 'Still there on'),
  subscription: () => 'Have begun to pay by',
  expansion: () => 'Have expanded by',
};
