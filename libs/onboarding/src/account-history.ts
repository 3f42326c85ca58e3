import type { Micros, OnboardingEvent } from '@milepost/contracts';

/** What is known of an account, for whoever replays it. */
export interface AccountHistory {
  account: string;
  /** In event-time order, equal times by source, then id. */
  events: readonly OnboardingEvent[];
  /** Stream time that the account is known to: after it nothing was observed, silence neither. */
  observedTo: Micros;
}
