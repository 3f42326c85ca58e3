import { DAY } from '@milepost/contracts';
import type { Micros } from '@milepost/contracts';
import { proportionInterval } from '@milepost/statistics';
import type { Proportion } from '@milepost/statistics';
import { chanceTimes, leadOf, verdictOf } from './account-windows.js';
import type { ObservedAccount } from './account-windows.js';

/** A share with its 95 % interval (Wilson's); null where there is nothing to take a share of. */
export interface Share {
  value: Proportion | null;
  of: number;
}

export interface BacktestRow {
  /** `all` for all together. */
  segment: string;
  accounts: number;
  alarms: number;
  /** Alarms whose horizon had not passed: in no share. */
  undecided: number;
  /** Of the decided alarms, those that an outcome followed within the horizon. */
  precision: Share;
  /** Of the outcomes, those that an alarm came before, by at most the horizon. */
  recall: Share;
  /** From the alarm to the outcome, days: quartiles. Null where nothing was foretold. */
  leadDays: { lower: number; median: number; upper: number } | null;
  /** By decided account-time: so many false alarms in a week for all these accounts. */
  falseAlarmsPerWeek: number | null;
  /** Decided alarms for each outcome that was foretold. */
  alarmsPerOutcome: number | null;
  /** What as many alarms at moments of chance would do. */
  random: { precision: number | null; recall: number | null };
}

const WEEK = 7 * DAY;
export const ALL_SEGMENTS = 'all';

/** How well a signal's alarms foretold an outcome, account by account, by segment. */
export class BacktestScore {
  private readonly sums = new Map<string, Sums>();

  constructor(private readonly horizon: Micros) {}

  add(account: ObservedAccount): void {
    for (const segment of [ALL_SEGMENTS, account.segment]) {
      let sums = this.sums.get(segment);
      if (!sums) this.sums.set(segment, (sums = new Sums(this.horizon)));
      sums.add(account);
    }
  }

  /** All together first, then those of the segments that have accounts, in the order given. */
  rows(segments: readonly string[]): BacktestRow[] {
    const names = [ALL_SEGMENTS, ...segments].filter((name) => this.sums.has(name));
    return names.map((segment) => ({ segment, ...this.sums.get(segment)!.row() }));
  }
}

class Sums {
  private accounts = 0;
  private hits = 0;
  private misses = 0;
  private undecided = 0;
  private readonly leads: Micros[] = [];
  private outcomes = 0;
  private matureTime = 0;
  private rightTime = 0;
  private observedTime = 0;
  private from = Infinity;
  private to = 0;
  /** Before each outcome, the time in which an alarm would have foretold it. */
  private readonly chances: Micros[] = [];

  constructor(private readonly horizon: Micros) {}

  add(account: ObservedAccount): void {
    const { alarms, outcomes, from, to } = account;
    this.accounts++;
    for (const alarm of alarms) {
      const verdict = verdictOf(alarm, account, this.horizon);
      if (verdict === 'hit') this.hits++;
      else if (verdict === 'false') this.misses++;
      else this.undecided++;
    }
    for (const outcome of outcomes) {
      this.outcomes++;
      this.chances.push(Math.min(this.horizon, outcome - from));
      const lead = leadOf(outcome, alarms, this.horizon);
      if (lead !== null) this.leads.push(lead);
    }
    const { right, mature } = chanceTimes(account, this.horizon);
    this.rightTime += right;
    this.matureTime += mature;
    this.observedTime += to - from;
    this.from = Math.min(this.from, from);
    this.to = Math.max(this.to, to);
  }

  row(): Omit<BacktestRow, 'segment'> {
    const { accounts, hits, misses, undecided, outcomes, matureTime, rightTime, observedTime } = this;
    const alarms = hits + misses + undecided;
    const rate = observedTime > 0 ? alarms / observedTime : 0;
    const missed = this.chances.reduce((sum, time) => sum + Math.exp(-rate * time), 0);
    const weeks = Math.max(0, this.to - this.horizon - this.from) / WEEK;
    return {
      accounts,
      alarms,
      undecided,
      precision: share(hits, hits + misses),
      recall: share(this.leads.length, outcomes),
      leadDays: quartiles(this.leads),
      falseAlarmsPerWeek: weeks > 0 ? misses / weeks : null,
      alarmsPerOutcome: this.leads.length > 0 ? (hits + misses) / this.leads.length : null,
      random: {
        precision: matureTime > 0 ? rightTime / matureTime : null,
        recall: outcomes > 0 ? 1 - missed / outcomes : null,
      },
    };
  }
}

const share = (events: number, of: number): Share => ({
  value: of > 0 ? proportionInterval({ events, accounts: of }) : null,
  of,
});

function quartiles(leads: readonly Micros[]): BacktestRow['leadDays'] {
  if (leads.length === 0) return null;
  const sorted = [...leads].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))]! / DAY;
  return { lower: at(0.25), median: at(0.5), upper: at(0.75) };
}
