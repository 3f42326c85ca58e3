import type { Micros, OnboardingEvent } from '@milepost/contracts';
import type { Plan } from '@milepost/plan';
import { segmentOf } from '../signals/signal-rules.js';
import type { ObservedAccount } from './account-windows.js';
import { BacktestScore } from './backtest-score.js';
import type { BacktestRow } from './backtest-score.js';
import { AccountReplay } from './replay-account.js';

export interface BacktestQuestion {
  /** The plan in force. */
  current: Plan;
  /** The plan with the proposal in it. */
  proposed: Plan;
  signal: string;
  /** Event type that the signal is to foretell. */
  foretells: string;
  /** An alarm is right when the outcome follows within this time. */
  horizon: Micros;
}

export interface BacktestAnswer {
  accounts: number;
  events: number;
  proposed: BacktestRow[];
  /** The rules in force; empty where the plan has no such signal. */
  current: BacktestRow[];
}

/**
 * A proposed signal over the whole history, account by account, by the deciders that run live, beside the rules in
 * force. Memory is that of one account.
 */
export class Backtest {
  private readonly proposedReplay: AccountReplay;
  private readonly currentReplay: AccountReplay | null;
  private readonly proposed: BacktestScore;
  private readonly current: BacktestScore;
  private accounts = 0;
  private events = 0;

  constructor(private readonly question: BacktestQuestion) {
    const { current, proposed, signal, horizon } = question;
    this.proposedReplay = new AccountReplay(only(proposed, signal));
    const inForce = current.signals.some(({ name }) => name === signal);
    this.currentReplay = inForce ? new AccountReplay(only(current, signal)) : null;
    this.proposed = new BacktestScore(horizon);
    this.current = new BacktestScore(horizon);
  }

  /** `events` of one account in event-time order, equal times by source, then id; observed up to `until`, in stream time. */
  add(account: string, events: readonly OnboardingEvent[], until: Micros): void {
    const within = events.filter(({ occurredAt }) => occurredAt <= until);
    if (within.length === 0) return;
    this.accounts++;
    this.events += within.length;
    const observed = this.observe(within, until);
    this.proposed.add({ ...observed, alarms: this.proposedReplay.run(account, within, until) });
    if (this.currentReplay) this.current.add({ ...observed, alarms: this.currentReplay.run(account, within, until) });
  }

  answer(): BacktestAnswer {
    const { accounts, events } = this;
    const segments = this.question.proposed.segments.map(({ name }) => name);
    return { accounts, events, proposed: this.proposed.rows(segments), current: this.current.rows(segments) };
  }

  private observe(events: readonly OnboardingEvent[], until: Micros): Omit<ObservedAccount, 'alarms'> {
    const { proposed, foretells } = this.question;
    const end = events.find(({ type }) => type === proposed.lifecycle.end)?.occurredAt;
    const sizes = events.flatMap(({ context }) => context?.companySize ?? []);
    const to = end ?? until;
    return {
      segment: segmentOf(proposed, sizes.at(-1) ?? null),
      from: events[0]!.occurredAt,
      to,
      ended: end !== undefined,
      outcomes: events.filter((one) => one.type === foretells && one.occurredAt <= to).map((one) => one.occurredAt),
    };
  }
}

/** The plan with one of its signals: others would cost time and say nothing here. */
const only = (plan: Plan, signal: string): Plan => ({
  ...plan,
  signals: plan.signals.filter(({ name }) => name === signal),
});
