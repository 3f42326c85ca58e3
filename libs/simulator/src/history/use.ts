import { DAY, HOUR } from '@milepost/contracts';
import type { Micros } from '@milepost/contracts';
import type { AccountStory } from './account-story.js';
import { atWork, isWeekend, outcomeOf, tellRoutine } from './core-action.js';
import type { Profile } from './profile.js';

type Spell = 'steady' | 'busy' | 'failing' | 'away' | 'gone';
const USUAL_FAILURES = 0.05;

/** Day by day what an account does from its first value on, in spells: mostly steady, at times busy, failing or away. */
export class Use {
  private spell: Spell = 'steady';
  private spellEnds = Infinity;
  private team = 1;
  private connected = 0;
  /** The latest succeeded core action. */
  last: Micros;

  constructor(
    private readonly story: AccountStory,
    private readonly profile: Profile,
    firstValue: Micros,
  ) {
    this.last = firstValue;
  }

  get isBusy(): boolean {
    return this.spell === 'busy';
  }

  get isFailing(): boolean {
    return this.spell === 'failing';
  }

  private get isAbsent(): boolean {
    return this.spell === 'away' || this.spell === 'gone';
  }

  day(day: Micros): void {
    if (day >= this.spellEnds) this.begin('steady', Infinity);
    if (this.spell === 'steady') this.chooseSpell(day);
    if (this.isAbsent) return;
    const { chance } = this.story;
    const { health } = this.profile;
    const count = chance.poisson(this.meanOf(isWeekend(day) ? 0.25 : 1.3));
    for (let i = 0; i < count; i++) this.act(day);
    if (isWeekend(day)) return;
    if (this.team < this.profile.users && chance.happens(0.25 * health)) this.invite(day);
    if (this.connected < this.profile.integrations.length && chance.happens(0.06 * health)) this.connect(day);
    if (chance.happens(0.09 * health)) {
      const reportId = `r_${chance.integer(1, 5)}`;
      this.story.tell('report.viewed', this.at(day), { reportId }, { userId: this.user(), source: 'analytics' });
    }
    if (chance.happens(0.006)) {
      this.story.tell('guide.completed', this.at(day), { guideId: 'integrations' }, { userId: this.user() });
    }
  }

  private chooseSpell(day: Micros): void {
    const { chance } = this.story;
    const { health, patience } = this.profile;
    const roll = chance.next();
    const gone = 0.012 * (1 - health) ** 2;
    const away = gone + 0.0028;
    const failing = away + 0.0025;
    const busy = failing + 0.026 * Math.max(0, health - 0.5);
    if (roll < gone) this.begin('gone', Infinity);
    else if (roll < away) this.begin('away', day + chance.integer(11, 18) * DAY + (patience > 2 ? 6 * DAY : 0));
    else if (roll < failing) this.begin('failing', day + chance.integer(3, 5) * DAY);
    else if (roll < busy) this.begin('busy', day + chance.integer(14, 40) * DAY);
  }

  private begin(spell: Spell, ends: Micros): void {
    this.spell = spell;
    this.spellEnds = ends;
  }

  /** Core actions expected of a day. */
  private meanOf(weekday: number): number {
    if (this.spell === 'failing') return 6;
    if (this.spell === 'busy') return 5.5 * weekday;
    return (0.25 + 1.1 * this.profile.health ** 2) * weekday;
  }

  private act(day: Micros): void {
    const at = this.at(day);
    const failShare = this.spell === 'failing' ? 0.85 : USUAL_FAILURES;
    if (tellRoutine(this.story, at, failShare, this.user()) === 'succeeded') this.last = Math.max(this.last, at);
  }

  private invite(day: Micros): void {
    const role = this.story.chance.happens(0.2) ? 'admin' : 'member';
    const outcome = outcomeOf(this.story.chance, USUAL_FAILURES);
    this.story.tell('teammate.invited', this.at(day), { role }, { userId: this.user(), outcome });
    if (outcome === 'succeeded') this.team++;
  }

  private connect(day: Micros): void {
    const { integrations } = this.profile;
    const { chance } = this.story;
    const at = this.at(day);
    const integration = integrations[(this.connected + this.story.account.length) % integrations.length]!;
    const details = { userId: this.user() };
    if (chance.happens(0.2)) {
      this.story.tell('integration.connected', at, { integration }, { ...details, outcome: outcomeOf(chance, 1) });
      if (chance.happens(0.3)) return;
    }
    this.story.tell('integration.connected', at + HOUR / 2, { integration }, details);
    this.connected++;
  }

  private at(day: Micros): Micros {
    return atWork(this.story.chance, day, this.profile.opensAt);
  }

  private user(): string {
    return `${this.story.account}-u${this.story.chance.integer(1, this.team)}`;
  }
}
