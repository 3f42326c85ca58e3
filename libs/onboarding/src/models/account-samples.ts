import { DAY } from '@milepost/contracts';
import type { Micros } from '@milepost/contracts';
import type { Plan } from '@milepost/plan';
import type { AccountHistory } from '../account-history.js';
import { startOf } from '../account-start.js';
import { AccountFold, LiveDeciders } from '../backtest/account-fold.js';
import { SignalRules } from '../signals/signal-rules.js';
import { viewAt } from '../signals/view-at.js';
import { FeatureRules } from './features.js';
import type { Features } from './features.js';
import { isScoringInstant, nextScoringInstant, SCORING_INTERVAL } from './scoring-instants.js';

/** An account at one of its scoring instants. */
export interface Sample {
  account: string;
  at: Micros;
  /** Stream time that the account was observed to. */
  observedTo: Micros;
  segment: string;
  features: Features;
  /** Whether the event came in `(at, at + horizon]`; null while the horizon has not passed. */
  outcome: boolean | null;
}

export interface SampleQuestion {
  plan: Plan;
  /** Event type. */
  foretells: string;
  /** A whole number of weeks, in days. */
  horizonDays: number;
}

/**
 * What the signals service would have known of an account at its scoring instants: its history goes through the live
 * deciders, and the live function reads the features off their state. Memory is that of one account.
 */
export class AccountSampler {
  private readonly deciders: LiveDeciders;
  private readonly rules: SignalRules;
  private readonly features: FeatureRules;
  private readonly horizon: Micros;

  constructor(private readonly question: SampleQuestion) {
    this.deciders = new LiveDeciders(question.plan);
    this.rules = new SignalRules(question.plan);
    this.features = new FeatureRules(question.plan);
    this.horizon = question.horizonDays * DAY;
    if (!(this.horizon > 0 && this.horizon % SCORING_INTERVAL === 0)) {
      throw new Error(`The horizon is ${question.horizonDays} days; want a whole number of weeks.`);
    }
  }

  /**
   * The samples are a horizon apart, so that each stretch of an account's life is foretold once: the periods of a
   * discrete-time hazard. `everyInstant`: all of them.
   */
  samplesOf({ account, events, observedTo }: AccountHistory, everyInstant = false): Sample[] {
    const { foretells, plan } = this.question;
    const known = events.filter(({ occurredAt }) => occurredAt <= observedTo);
    const outcomes = known.filter(({ type }) => type === foretells).map(({ occurredAt }) => occurredAt);
    const fold = new AccountFold(this.deciders, account);
    const samples: Sample[] = [];
    const step = everyInstant ? SCORING_INTERVAL : this.horizon;
    let taken = -Infinity;
    /** The instants in `[…, before)` that have not been sampled. */
    const sampleBefore = (before: Micros): void => {
      const start = startOf(fold.state.start)?.at;
      if (start === undefined) return;
      for (let at = nextScoringInstant(start, Math.max(start, taken)); at < before; at += SCORING_INTERVAL) {
        taken = at;
        if ((at - start - SCORING_INTERVAL) % step !== 0 || !isScoringInstant(start, at)) continue;
        const view = viewAt(fold.state, this.rules, at);
        const isKnown = at + this.horizon <= observedTo;
        const outcome = isKnown ? outcomes.some((one) => one > at && one <= at + this.horizon) : null;
        samples.push({ account, at, observedTo, segment: view.segment, features: this.features.featuresOf(view), outcome }); // prettier-ignore
      }
    };
    for (const event of known) {
      sampleBefore(event.occurredAt);
      fold.take(event);
      taken = Math.max(taken, event.occurredAt - 1);
      if (event.type === plan.lifecycle.end) return samples;
    }
    sampleBefore(observedTo + 1);
    return samples;
  }
}
