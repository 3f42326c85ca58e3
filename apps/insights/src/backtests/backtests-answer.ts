import { formatTime } from '@milepost/contracts';
import type { Micros } from '@milepost/contracts';
import type { BacktestsAnswer, Warning } from '@milepost/contracts/http';
import { ALL_SEGMENTS, backtestSentence } from '@milepost/onboarding/learning';
import type { BacktestRow, SignalBacktest, SignalsQuestion } from '@milepost/onboarding/learning';
import { are, counted } from '../wording/figures.js';
import { FEW_EVENTS, smallCells } from '../wording/warnings.js';

/** What was counted, with what it rests on. `asOf`: stream time of the partition furthest behind; `tests`: one a signal, over the same accounts. */
export function answerOf(question: SignalsQuestion, asOf: Micros, tests: readonly SignalBacktest[]): BacktestsAnswer {
  const { foretells, withinDays } = question;
  const { accounts, events } = tests[0]!;
  const outcomes = tests[0]!.proposed[0]?.recall.of ?? 0;
  return {
    data: {
      foretells,
      withinDays,
      signals: tests.map(({ signal, proposed, current }) => ({ signal, proposed, current })),
    },
    method: {
      name: 'replay through the deciders that run live',
      says: `Each account's history, ${counted(events, 'event')} in all, as if each had arrived when it happened. An alarm is right when ${foretells} follows within ${counted(withinDays, 'day')}; \`random\` is what as many alarms at moments of chance would do.`,
    },
    sample: { accounts, leftOut: [], asOf: formatTime(asOf), scope: {} },
    events: { count: outcomes, what: foretells },
    censoring: null,
    interval: { confidence: 0.95, kind: 'Wilson' },
    warnings: warningsOf(tests, foretells, outcomes),
    sentence: tests.map(({ signal, proposed }) => `${signal}: ${backtestSentence(proposed[0])}`).join(' '),
  };
}

function warningsOf(tests: readonly SignalBacktest[], foretells: string, outcomes: number): Warning[] {
  const warnings: Warning[] = [{ code: 'assumption', text: 'The history is taken as it was: an account that was helped on an alarm of the rules in force may have stayed for that.' }]; // prettier-ignore
  if (outcomes < FEW_EVENTS) warnings.push({ code: 'few-events', text: `Only ${outcomes} ${foretells} in the history: read the intervals, not the figures.` }); // prettier-ignore
  for (const { signal, proposed } of tests) {
    const { alarms = 0, undecided = 0 } = proposed[0] ?? {};
    if (undecided > 0) warnings.push({ code: 'immature', text: `${signal}: ${undecided} of ${counted(alarms, 'alarm')} ${are(undecided)} undecided, for the time had not passed; no share has them.` }); // prettier-ignore
  }
  return [...warnings, ...smallCells(segmentsOf(tests[0]!.proposed))];
}

const segmentsOf = (rows: readonly BacktestRow[]): { group: string; accounts: number }[] =>
  rows.filter(({ segment }) => segment !== ALL_SEGMENTS).map(({ segment, accounts }) => ({ group: segment, accounts }));
