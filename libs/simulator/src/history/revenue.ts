import { DAY } from '@milepost/contracts';
import type { AccountContext, Micros } from '@milepost/contracts';
import type { AccountStory } from './account-story.js';
import type { Profile } from './profile.js';
import type { Use } from './use.js';

const SEAT_PRICE: Record<string, number> = { starter: 1_900, pro: 2_900, business: 4_900, enterprise: 7_900 };
const TERMS = [
  { months: 1, share: 0.75 },
  { months: 3, share: 0.2 },
  { months: 12, share: 0.05 },
] as const;
const BILLING = { source: 'billing' } as const;

/** What an account pays: a trial, then terms, until it cancels. Renewal follows from use, and from health besides. */
export class Revenue {
  private paying = false;
  private decidesAt: Micros;
  private seats: number;
  private readonly months: number;
  private readonly price: number;
  private noLimitUntil: Micros = 0;
  private expandsAt: Micros = Infinity;
  hasCancelled = false;

  constructor(
    private readonly story: AccountStory,
    private readonly profile: Profile,
    signup: Micros,
  ) {
    const { chance } = story;
    this.decidesAt = signup + chance.between(14, 24) * DAY * Math.min(2, profile.patience);
    this.seats = Math.max(1, Math.ceil(profile.users * 0.7));
    this.months = chance.choice(TERMS).months;
    this.price = SEAT_PRICE[profile.context.planTier ?? ''] ?? SEAT_PRICE['pro']!;
  }

  day(day: Micros, use: Use | null): void {
    if (this.decidesAt < day + DAY) this.decide(use);
    if (this.hasCancelled || !this.paying || !use) return;
    if (this.expandsAt < day + DAY) this.expand();
    if (day >= this.noLimitUntil) this.mayReachLimit(day, use);
  }

  private decide(use: Use | null): void {
    const { chance } = this.story;
    const { health } = this.profile;
    const at = this.decidesAt;
    const idle = use === null ? Infinity : (at - use.last) / DAY;
    this.decidesAt += this.paying ? this.months * 30 * DAY : 10 * DAY;
    if (!this.paying) {
      if (idle > 9 ? chance.happens(0.28) : chance.happens(0.04)) this.cancel(at);
      else if (idle <= 9 && chance.happens(0.5 + 0.5 * health)) this.start(at);
      return;
    }
    if (chance.happens(idle > 8 ? 0.45 : 0.05 * (1 - health))) return this.cancel(at);
    if (this.seats > 2 && chance.happens(0.05 + (idle > 5 ? 0.15 : 0))) {
      this.seats = Math.max(1, Math.floor(this.seats * 0.7));
      this.tell('contracted', at);
    }
    this.tell('renewed', at + 1_000_000);
  }

  private start(at: Micros): void {
    this.paying = true;
    this.decidesAt = at + this.months * 30 * DAY;
    this.tell('started', at);
  }

  private cancel(at: Micros): void {
    this.hasCancelled = true;
    this.decidesAt = Infinity;
    this.story.tell('subscription.cancelled', at, { amountMinor: 0, currency: 'EUR' }, BILLING);
  }

  private mayReachLimit(day: Micros, use: Use): void {
    const { chance } = this.story;
    if (!chance.happens((use.isBusy ? 0.028 : 0.0105) * this.profile.health)) return;
    const at = day + chance.next() * DAY;
    this.story.tell('plan.limit_reached', at, { limit: chance.pick(['seats', 'runs', 'storage']) }, BILLING);
    this.noLimitUntil = day + chance.between(12, 40) * DAY;
    if (chance.happens(0.25 + 0.4 * this.profile.health)) this.expandsAt = at + chance.between(1, 14) * DAY;
  }

  private expand(): void {
    const { chance } = this.story;
    this.seats += Math.max(1, Math.round(this.seats * 0.25));
    this.tell('expanded', this.expandsAt, chance.happens(0.2) ? upgraded(this.profile.context) : null);
    this.expandsAt = Infinity;
  }

  private tell(what: string, at: Micros, context: AccountContext | null = null): void {
    const terms = { amountMinor: this.seats * this.price * this.months, currency: 'EUR' };
    const properties = { ...terms, termMonths: this.months, seats: this.seats };
    this.story.tell(`subscription.${what}`, at, properties, { ...BILLING, context });
  }
}

/** A later event may say only what has changed. */
function upgraded({ planTier }: AccountContext): AccountContext {
  const next = planTier === 'starter' ? 'pro' : planTier === 'pro' ? 'business' : 'enterprise';
  return { planTier: next, companySize: null, industry: null, region: null, acquisitionChannel: null };
}
