import type { Micros, OnboardingEvent } from '@milepost/contracts';
import type { Chance } from '../chance.js';
import { EventIds } from '../event-id.js';
import { flowpeakEvent } from '../flowpeak-event.js';
import type { Details, Properties } from '../flowpeak-event.js';

/** Gathers the events of one account while its story is told: those of today, and those announced for later. */
export class AccountStory {
  private readonly ids: EventIds;
  private readonly known: OnboardingEvent[] = [];
  private told = 0;

  constructor(
    readonly account: string,
    readonly chance: Chance,
    seed: number,
  ) {
    this.ids = new EventIds(seed, account);
  }

  get isOver(): boolean {
    return this.known.length === 0;
  }

  /** `at` lies in no day that was taken already. */
  tell(type: string, at: Micros, properties: Properties, details: Details): void {
    const instant = Math.floor(at);
    const id = this.ids.of(instant, this.told++);
    this.known.push(flowpeakEvent(id, this.account, type, instant, properties, details));
  }

  /** Moves what happens before `until` over to `into`. */
  take(until: Micros, into: OnboardingEvent[]): void {
    let kept = 0;
    for (const event of this.known) {
      if (event.occurredAt < until) into.push(event);
      else this.known[kept++] = event;
    }
    this.known.length = kept;
  }
}
