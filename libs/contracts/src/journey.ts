import { JOURNEY_PAGE_TYPE } from './avro-types.js';
import type { Micros } from './micros.js';
import type { OnboardingEvent } from './onboarding-event.js';
import { SingleObjectCodec } from './single-object.js';

export interface MilestoneChange {
  milestone: string;
  at: Micros | null;
  previous: Micros | null;
}

/** One accepted event, once, with the milestones that it changed. */
export interface Fact {
  event: OnboardingEvent;
  receivedAt: Micros;
  sourceOffset: number;
  changes: MilestoneChange[];
}

export interface JourneyPage {
  planVersion: string;
  facts: Fact[];
  /** Stream time of the partition after these facts; null when the page says nothing of it. */
  clock: Micros | null;
}

export const journeyPageCodec = new SingleObjectCodec<JourneyPage>(JOURNEY_PAGE_TYPE);
