import { DAY } from '@milepost/contracts';
import type { Micros } from '@milepost/contracts';
import type { Moments, MomentType } from './moments.js';
import type { PlantedCompany } from './planted-company.js';
import { isPlayed } from './planted-playbooks.js';
import type { PlantedLife } from './planted-life.js';
import { plantedUse } from './planted-use.js';
import { TOUCHES } from './touch-chain.js';

const MONTH = 30;
const GUIDE = TOUCHES.indexOf('guide');
const REPORT = TOUCHES.indexOf('report');
const TICKET = TOUCHES.indexOf('ticket');
const CHANNELS_END = GUIDE;

/** Adds all moments of a life to `into`, in no order. `epoch` is the company's first day. */
export function tellLife(company: PlantedCompany, life: PlantedLife, epoch: Micros, into: Moments): void {
  const signup = Math.floor(epoch + life.signup * DAY);
  const tell = (type: MomentType, at: number, user: number, detail = 0, failed = false): void => {
    if (at < life.ends) into.add(type, signup + Math.floor(at * DAY), user, detail, failed);
  };
  const number = life.account % 9;
  for (const { at, failed, isRun, user, detail } of plantedUse(company, life))
    tell(isRun ? 'workflow.run' : 'data.imported', at, user, detail, failed);
  tell('account.created', 0, 1);
  tellOpening(company, life, tell);
  tell('integration.connected', life.firstIntegration, 1, number % 5);
  tell('integration.connected', life.integrated, 1, (number + 2) % 5);
  tell('teammate.invited', life.secondUser * 0.9, 1);
  tell('workflow.created', life.secondUser, 2, number);
  tell('workflow.created', life.team, 3, number);
  life.touches.forEach((touch, i) => {
    const at = life.touchedAt[i]!;
    if (touch < CHANNELS_END) return;
    if (touch === GUIDE) tell('guide.completed', at, 1, 0);
    else if (touch === REPORT) tell('report.viewed', at, 1, number);
    else tell('feedback.recorded', at, 0, touch === TICKET ? 0 : 1);
  });
  company.playbooks.forEach((playbook, i) => {
    if (isPlayed(company, life, i as 0 | 1)) tell('guide.completed', playbook.day, 1, i + 1);
  });
  tellRevenue(company, life, tell);
  // What ends the account is its last moment.
  if (life.churned === life.ends) into.add('subscription.cancelled', signup + Math.floor(life.ends * DAY), 0, 0);
}

type Tell = (type: MomentType, at: number, user: number, detail?: number, failed?: boolean) => void;

/** A step may fail before it goes well; that takes no time. */
function tellOpening({ failShare }: PlantedCompany, life: PlantedLife, tell: Tell): void {
  const { chance, configured, imported, firstValue } = life;
  const setUp = Math.max(configured, imported);
  const step = (type: MomentType, after: number, at: number, detail: number): void => {
    while (chance.happens(failShare)) tell(type, chance.between(after, at), 1, detail, true);
    tell(type, at, 1, detail);
  };
  step('workspace.configured', life.importsFirst ? imported : 0, configured, 0);
  step('data.imported', life.importsFirst ? 0 : configured, imported, 100 + (life.account % 977));
  tell('workflow.created', (setUp + firstValue) / 2, 1, life.account % 9);
  step('workflow.run', (setUp + firstValue) / 2, firstValue, life.account % 977);
}

/** `detail` is the number of seats. */
function tellRevenue({ segments, terms }: PlantedCompany, life: PlantedLife, tell: Tell): void {
  const { paid, expanded, ends, hasTerm } = life;
  if (paid === Infinity) return;
  const seats = segments[life.segment]!.users;
  tell('subscription.started', paid, 0, seats);
  const more = Math.ceil(seats * 1.25);
  tell('subscription.expanded', expanded, 0, more);
  const length = hasTerm ? terms.days : MONTH;
  for (let at = paid + length; at < ends; at += length)
    tell('subscription.renewed', at, 0, expanded < at ? more : seats);
}
