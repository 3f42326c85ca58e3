import type { Micros } from '@milepost/contracts';
import type { Alarm } from './replay-account.js';

/** What a backtest sees of one account. All instants in event time. */
export interface ObservedAccount {
  segment: string;
  /** Its first event. */
  from: Micros;
  /** Its end, or the end of what was observed. */
  to: Micros;
  /** Whether `to` is its end: after it nothing can happen to it. */
  ended: boolean;
  alarms: readonly Alarm[];
  /** Instants of what the signal is to foretell, ascending. */
  outcomes: readonly Micros[];
}

/** How an alarm turned out: `open` when its horizon had not passed yet. */
export type Verdict = 'hit' | 'false' | 'open';

/** An alarm is right when the outcome follows it within the horizon. */
export function verdictOf({ since }: Alarm, { outcomes, to, ended }: ObservedAccount, horizon: Micros): Verdict {
  if (outcomes.some((at) => at > since && at <= since + horizon)) return 'hit';
  return ended || since + horizon <= to ? 'false' : 'open';
}

/** The earliest alarm that foretold an outcome: at most a horizon before it. */
export function leadOf(outcome: Micros, alarms: readonly Alarm[], horizon: Micros): Micros | null {
  const earliest = alarms.find(({ since }) => since < outcome && since >= outcome - horizon);
  return earliest ? outcome - earliest.since : null;
}

/**
 * Time in which an alarm at a moment of chance would have had a verdict, and of it the time in which it would have been
 * right: within a horizon before an outcome.
 */
export function chanceTimes({ from, to, ended, outcomes }: ObservedAccount, horizon: Micros) {
  let right = 0;
  let covered = from;
  const matureTo = ended ? to : Math.max(from, to - horizon);
  let beyond = 0;
  for (const outcome of outcomes) {
    const begin = Math.max(covered, outcome - horizon);
    if (outcome <= begin) continue;
    right += outcome - begin;
    // Past the point where a silence would have a verdict, an alarm that turned out right has one.
    beyond += Math.max(0, outcome - Math.max(begin, matureTo));
    covered = outcome;
  }
  return { right, mature: matureTo - from + beyond };
}
