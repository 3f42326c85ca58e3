import { MINUTE, SECOND } from '@milepost/contracts';
import type { Micros, OnboardingEvent } from '@milepost/contracts';
import { Chance } from '../chance.js';
import { EventIds } from '../event-id.js';
import { flowpeakEvent } from '../flowpeak-event.js';
import { SCENE, sceneOf } from './scene.js';
import type { EventTemplate } from './template.js';

/** A caller that slept longer than this goes on where it was, rather than telling of the past. */
const MOST_BEHIND: Micros = MINUTE;
/** So many of the latest newcomers stay at work. */
const MOST_NEWCOMERS = 12;

export interface TrickleOptions {
  seed: number;
  /** Ids of accounts that exist and have not cancelled; without any, newcomers play every part. */
  accounts?: readonly string[];
  startsAt: Micros;
}

/** An endless live feed, about five events a second, in scenes of two minutes (see `sceneOf`). */
export class LiveFeed {
  private readonly chance: Chance;
  private readonly run: number;
  private readonly ids = new Map<string, EventIds>();
  private newcomers: string[] = [];
  private scene: EventTemplate[] = [];
  private told = 0;
  private scenes = 0;
  private position = 0;
  /** When the scene under way began. */
  private began: Micros;

  constructor(
    private readonly seed: number,
    private readonly startsAt: Micros,
    private readonly accounts: readonly string[] = [],
  ) {
    // Another start is another run: its ids and newcomers must not meet those of the last.
    this.run = Math.floor(startsAt / SECOND);
    this.chance = new Chance(seed, this.run % 2_147_483_647);
    this.began = startsAt;
    this.beginScene();
  }

  /** What has happened since the last call, up to and with `now`, in order. */
  next(now: Micros): OnboardingEvent[] {
    const events: OnboardingEvent[] = [];
    for (let due = this.due(); due <= now; due = this.due()) {
      const behind = now - MOST_BEHIND - due;
      if (behind > 0) this.began += behind;
      events.push(this.eventOf(this.scene[this.position++]!));
    }
    return events;
  }

  private due(): Micros {
    if (this.position === this.scene.length) {
      this.began += SCENE;
      this.beginScene();
    }
    return this.began + this.scene[this.position]!.afterMicros;
  }

  private beginScene(): void {
    this.scenes++;
    this.position = 0;
    // An account's ids are made once a scene: those who left keep no memory.
    this.ids.clear();
    const name = (role: string): string => `live_${role}_${this.run}_${this.scenes}`;
    const growing = this.accounts.length > 0 ? this.twoKnown() : [name('growing')];
    const failing = name('failing');
    const entering = name('working');
    this.newcomers = [...this.newcomers, entering].slice(-MOST_NEWCOMERS);
    const newcomers = [failing, entering, ...(this.accounts.length > 0 ? [] : growing)];
    this.scene = sceneOf({ growing, failing, newcomers, working: [...this.accounts, ...this.newcomers] }, this.chance);
  }

  /** Two, for one of them may have its limit open already. */
  private twoKnown(): string[] {
    const first = this.chance.integer(0, this.accounts.length - 1);
    const step = this.chance.integer(1, Math.max(1, this.accounts.length - 1));
    return [...new Set([this.accounts[first]!, this.accounts[(first + step) % this.accounts.length]!])];
  }

  private eventOf({ afterMicros, account, type, properties, details }: EventTemplate): OnboardingEvent {
    const at = this.began + afterMicros;
    let ids = this.ids.get(account);
    if (!ids) this.ids.set(account, (ids = new EventIds(this.seed, `live/${this.startsAt}/${account}`)));
    return flowpeakEvent(ids.of(at, this.told++ % 1_048_576), account, type, at, properties, details);
  }
}

/** `next(nowMicros)` gives the events to send now; the feed has no clock of its own. */
export function liveTrickle({ seed, accounts, startsAt }: TrickleOptions): LiveFeed {
  return new LiveFeed(seed, startsAt, accounts);
}
