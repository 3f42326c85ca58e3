import { DAY } from '@milepost/contracts';
import type { Micros, OnboardingEvent } from '@milepost/contracts';
import type { AccountStory } from './account-story.js';
import { tellFeedback } from './feedback.js';
import { tellOpening } from './opening.js';
import type { Profile } from './profile.js';
import { Revenue } from './revenue.js';
import { Use } from './use.js';

/** One account from signup on, a UTC date at a time. It holds what lies a few days ahead, never its whole history. */
export class AccountLife {
  private readonly firstValue: Micros | null;
  private readonly revenue: Revenue;
  private use: Use | null = null;

  constructor(
    private readonly story: AccountStory,
    private readonly profile: Profile,
    signup: Micros,
  ) {
    this.firstValue = tellOpening(story, profile, signup);
    this.revenue = new Revenue(story, profile, signup);
  }

  /** Nothing more will happen. */
  get isOver(): boolean {
    return this.revenue.hasCancelled && this.story.isOver;
  }

  /** Adds the events of the date that begins at `day` to `into`. Called for each date in turn. */
  live(day: Micros, into: OnboardingEvent[]): void {
    if (!this.revenue.hasCancelled) {
      // On the date of the first value the opening has said all.
      if (this.use) this.use.day(day);
      else if (this.firstValue !== null && this.firstValue < day + DAY)
        this.use = new Use(this.story, this.profile, this.firstValue);
      this.revenue.day(day, this.use);
      if (this.use) tellFeedback(this.story, this.profile, day, this.use.isFailing);
    }
    this.story.take(day + DAY, into);
  }
}
