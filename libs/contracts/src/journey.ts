import { JOURNEY_PAGE_TYPE, ONBOARDING_EVENT_TYPE } from './avro-types.js';
import type { AvroWriter } from './avro-writer.js';
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

/** A fact with its event as Avro of the newest schema, where its record already was that. */
export interface EncodedFact extends Fact {
  encoded: Buffer | null;
}

/** A fact as it stands in a page. An event that came as Avro goes on as it is. */
export function writeFact({ event, encoded, receivedAt, sourceOffset, changes }: EncodedFact, to: AvroWriter): void {
  if (encoded) to.raw(encoded);
  else to.value(ONBOARDING_EVENT_TYPE, event);
  to.long(receivedAt);
  to.long(sourceOffset);
  if (changes.length > 0) to.long(changes.length);
  for (const { milestone, at, previous } of changes) {
    to.string(milestone);
    to.optionalLong(at);
    to.optionalLong(previous);
  }
  to.long(0);
}

/** A page around facts that `writeFact` wrote. */
export function framePage(planVersion: string, count: number, facts: Buffer, clock: Micros | null): Buffer {
  return journeyPageCodec.encodeBy((to) => {
    to.string(planVersion);
    if (count > 0) to.long(count);
    to.raw(facts);
    to.long(0);
    to.optionalLong(clock);
  });
}
