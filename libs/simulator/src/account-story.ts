import { DAY, HOUR } from '@milepost/contracts';
import type { AccountContext, Micros, OnboardingEvent, Outcome, PropertyValue } from '@milepost/contracts';
import type { Chance } from './chance.js';
import { eventId } from './event-id.js';

const SOURCES = {
  core: '//core.flowpeak.example',
  analytics: '//analytics.flowpeak.example',
  billing: '//billing.flowpeak.example',
  support: '//support.flowpeak.example',
} as const;
type Source = keyof typeof SOURCES;

interface Details {
  outcome?: Outcome;
  userId?: string | null;
  context?: AccountContext | null;
  source?: Source;
}

/** Gathers the events of one account while its story is told. Instants beyond the end are left out. */
export class AccountStory {
  readonly events: OnboardingEvent[] = [];
  private told = 0;

  constructor(
    readonly account: string,
    readonly chance: Chance,
    private readonly end: Micros,
  ) {}

  tell(type: string, at: Micros, properties: Record<string, PropertyValue> = {}, details: Details = {}): void {
    const n = this.told++;
    if (at > this.end) return;
    const source = details.source ?? 'core';
    this.events.push({
      id: eventId(this.account, n),
      source: SOURCES[source],
      type,
      accountId: this.account,
      occurredAt: Math.floor(at),
      outcome: details.outcome ?? 'succeeded',
      userId: details.userId ?? null,
      productLine: source === 'core' || source === 'analytics' ? source : null,
      context: details.context ?? null,
      properties,
      traceparent: null,
    });
  }
}

/** What an account is like; everything it does follows from it and from chance. */
export interface Profile {
  context: AccountContext;
  /** 0 … 1: how well the product fits. Nobody can see it; it drives all that can be seen. */
  health: number;
  users: number;
}

const INTEGRATIONS = ['slack', 'jira', 'hubspot', 'github', 'salesforce'];
const CORE_ROUTINE = ['workflow.created', 'data.imported', 'teammate.invited'] as const;

/** One account from signup to `end`. */
export function tellStory(story: AccountStory, profile: Profile, signup: Micros, end: Micros): void {
  const { chance } = story;
  const { health } = profile;
  const user = (): string => `${story.account}-u${chance.integer(1, profile.users)}`;
  story.tell('account.created', signup, { trial: chance.happens(0.8) }, { context: profile.context, userId: user() });

  let at = signup + chance.exponential((0.4 + 2 * (1 - health)) * DAY);
  if (chance.happens(0.5 + 0.5 * health)) {
    if (chance.happens(0.15))
      story.tell('workspace.configured', at - HOUR, { step: 'domain' }, { outcome: 'failed', userId: user() });
    story.tell('workspace.configured', at, { step: 'domain' }, { userId: user() });
    at += chance.exponential((0.3 + 1.5 * (1 - health)) * DAY);
    if (chance.happens(0.6 + 0.4 * health))
      story.tell('data.imported', at, { rows: chance.integer(1, 50_000), connector: 'csv' }, { userId: user() });
  }
  if (!chance.happens(0.35 + 0.65 * health)) return tellLoss(story, signup, end, 0.5);
  at += chance.exponential((0.5 + 5 * (1 - health)) * DAY);
  story.tell('workflow.created', at, { workflowId: `w_${chance.integer(1, 9)}` }, { userId: user() });
  at += chance.exponential(0.5 * DAY);
  story.tell('workflow.run', at, run(chance), { userId: user() });
  if (chance.happens(0.6)) story.tell('guide.completed', at + HOUR, { guideId: 'first-workflow' }, { userId: user() });
  const paidFrom = at + chance.between(2, 14) * DAY;
  const activeUntil = tellUse(story, profile, at, end, user);
  tellRevenue(story, profile, paidFrom, activeUntil, end);
  if (chance.happens(0.4)) tellFeedback(story, health, chance.between(signup, end));
}

const run = (chance: Chance): Record<string, PropertyValue> => ({
  workflowId: `w_${chance.integer(1, 9)}`,
  durationMs: Math.round(chance.exponential(900)),
});

/** Day by day until the account goes quiet or the end. The instant of the last use. */
function tellUse(
  story: AccountStory,
  { health, users }: Profile,
  from: Micros,
  end: Micros,
  user: () => string,
): Micros {
  const { chance } = story;
  const perDay = health > 0.85 ? chance.between(3, 7) : 0.2 + 1.6 * health * health;
  let failingDays = 0;
  let last = from;
  for (let day = from + DAY / 2; day < end; day += DAY) {
    if (chance.happens(0.02 * (1 - health))) {
      if (!chance.happens(0.35)) return last;
      day += chance.between(11, 25) * DAY;
    }
    if (failingDays === 0 && chance.happens(0.006)) failingDays = 3;
    const weekday = new Date(day / 1000).getUTCDay();
    const busy = weekday === 0 || weekday === 6 ? 0.3 : 1.2;
    const actions = failingDays > 0 ? 4 : Math.floor(chance.exponential(perDay * busy) + chance.next() * 0.5);
    for (let i = 0; i < actions; i++) {
      last = day + chance.next() * 10 * HOUR;
      const outcome: Outcome = chance.happens(failingDays > 0 ? 0.75 : 0.06)
        ? chance.pick(['failed', 'abandoned'])
        : 'succeeded';
      tellAction(story, last, outcome, user());
    }
    if (failingDays > 0) failingDays--;
    if (users > 1 && chance.happens(0.03 * health)) {
      story.tell('integration.connected', day + HOUR, { integration: chance.pick(INTEGRATIONS) }, { userId: user() });
    }
    if (chance.happens(0.08 * health)) {
      story.tell(
        'report.viewed',
        day + 2 * HOUR,
        { reportId: `r_${chance.integer(1, 5)}` },
        { userId: user(), source: 'analytics' },
      );
    }
  }
  return last;
}

function tellAction(story: AccountStory, at: Micros, outcome: Outcome, userId: string): void {
  const { chance } = story;
  if (chance.happens(0.85)) return story.tell('workflow.run', at, run(chance), { outcome, userId });
  const type = chance.pick(CORE_ROUTINE);
  const properties: Record<string, PropertyValue> =
    type === 'data.imported'
      ? { rows: chance.integer(1, 9_000) }
      : type === 'workflow.created'
        ? { workflowId: `w_${chance.integer(1, 9)}` }
        : { role: 'member' };
  story.tell(type, at, properties, { outcome, userId });
}

function tellRevenue(story: AccountStory, profile: Profile, from: Micros, activeUntil: Micros, end: Micros): void {
  const { chance } = story;
  const { health } = profile;
  if (from > end || !chance.happens(0.3 + 0.6 * health)) return;
  const seats = Math.max(1, profile.users);
  const amount = { amountMinor: seats * 2_900, currency: 'EUR', termMonths: 1, seats };
  const billing = { source: 'billing' as const };
  story.tell('subscription.started', from, amount, billing);
  for (let renewal = from + 30 * DAY; renewal < end; renewal += 30 * DAY) {
    if (activeUntil < renewal - 20 * DAY && chance.happens(0.6)) {
      return story.tell('subscription.cancelled', renewal, { ...amount, amountMinor: 0 }, billing);
    }
    story.tell('subscription.renewed', renewal, amount, billing);
    if (chance.happens(0.03)) story.tell('subscription.contracted', renewal + DAY, { ...amount, seats: 1 }, billing);
    if (!chance.happens(0.35 * health)) continue;
    const reached = renewal + chance.between(1, 25) * DAY;
    story.tell('plan.limit_reached', reached, { limit: chance.pick(['seats', 'runs', 'storage']) }, billing);
    if (chance.happens(0.5)) {
      story.tell(
        'subscription.expanded',
        reached + chance.between(1, 20) * DAY,
        { ...amount, seats: seats + 5 },
        billing,
      );
    }
  }
}

/** Somebody who never got anywhere leaves without a word, mostly. */
function tellLoss(story: AccountStory, signup: Micros, end: Micros, probability: number): void {
  const { chance } = story;
  if (!chance.happens(probability)) return;
  const at = signup + chance.between(14, 40) * DAY;
  if (at < end) story.tell('subscription.cancelled', at, { amountMinor: 0, currency: 'EUR' }, { source: 'billing' });
}

function tellFeedback(story: AccountStory, health: number, at: Micros): void {
  const { chance } = story;
  const kind = chance.pick(['nps', 'ticket', 'interview']);
  const sentiment = Math.round(100 * Math.max(-1, Math.min(1, 2 * health - 1 + chance.between(-0.5, 0.5)))) / 100;
  const theme = chance.pick(['setup', 'integrations', 'pricing', 'speed']);
  const score: Record<string, PropertyValue> = kind === 'nps' ? { score: Math.round(5 + 5 * sentiment) } : {};
  story.tell('feedback.recorded', at, { kind, theme, sentiment, ...score }, { source: 'support' });
}
