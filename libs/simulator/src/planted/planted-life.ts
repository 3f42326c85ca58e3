import { Chance } from '../chance.js';
import type { PlantedCompany, PlantedPlaybook } from './planted-company.js';
import { walkTouches } from './touch-chain.js';

/** What happens to one account, in days from its signup; Infinity for never. Nothing is seen from `ends` on. */
export interface PlantedLife {
  account: number;
  /** Days from the company's first. */
  signup: number;
  /** Places in the company's lists. */
  segment: number;
  cell: number;
  companySize: number;
  /** Bears the trait that no event tells. */
  isHidden: boolean;
  importsFirst: boolean;
  configured: number;
  imported: number;
  firstValue: number;
  firstIntegration: number;
  /** integration-depth */
  integrated: number;
  secondUser: number;
  /** team-adoption */
  team: number;
  /** By playbook: drawn for treatment. It is played to those that are eligible on its day. */
  isTreated: [boolean, boolean];
  /** Places in TOUCHES, and when each was. */
  touches: number[];
  touchedAt: number[];
  /** Begins to pay. */
  paid: number;
  hasTerm: boolean;
  expanded: number;
  churned: number;
  /** The end of what is seen: of the account, or of the observation. */
  ends: number;
  /** What its further use is drawn from. */
  chance: Chance;
}

/** The life of the account with this number. It depends on the company, the seed and the number alone. */
export function plantedLife(company: PlantedCompany, seed: number, account: number): PlantedLife {
  const chance = new Chance(seed, account);
  const { hidden, opening, effects, trialDays, terms, playbooks, drift } = company;
  const signup = signupOf(company, chance);
  const observed = company.observedDays - signup;
  const segment = placeOf(company.segments, chance.next());
  const cell = placeOf(company.cells, chance.next());
  const { from, below, ...rates } = company.segments[segment]!;
  const companySize = Math.floor(from * (below / from) ** chance.next());
  const isHidden = chance.happens(hidden.share);
  const speed = isHidden ? hidden.onMilestones : 1;

  const importsFirst = chance.happens(opening.importFirstShare);
  const pace = opening.step * (drift !== null && signup >= drift.day ? drift.onSetup : 1);
  const first = chance.exponential(1 / pace);
  const second = first + chance.exponential(1 / pace);
  const run = opening.run * company.cells[cell]!.pace * (importsFirst ? opening.importFirst : 1);
  const firstValue = second + chance.exponential(1 / run);

  const isTreated: [boolean, boolean] = [chance.happens(playbooks[0].treatedShare), chance.happens(playbooks[1].treatedShare)]; // prettier-ignore
  const reached = (name: PlantedPlaybook['milestone'], rate: number): number =>
    reachedAt(rate, playbooks.find((one, i) => isTreated[i] && one.milestone === name), chance.exponential(1)); // prettier-ignore
  const integrated = reached('integration', rates.integration * speed);
  const team = reached('team', rates.team * speed);
  const firstIntegration = integrated * chance.next();
  const secondUser = team * chance.next();

  const hazard = rates.churn * (isHidden ? hidden.onChurn : 1);
  const anyDay = switchedAt(trialDays, hazard, integrated, effects.integrationOnChurn, chance.exponential(1));
  const expands = switchedAt(trialDays, rates.expansion, team, effects.teamOnExpansion, chance.exponential(1));
  const wantsTerm = chance.happens(terms.share);
  const touches: number[] = [];
  const pays = walkTouches(company.touches, chance, touches);
  const steps = touches.length + 1;
  const touchedAt = touches.map((_, i) => (trialDays * (i + chance.next())) / steps);
  const paid = pays ? (trialDays * (steps - chance.next())) / steps : Infinity;
  const hasTerm = pays && wantsTerm;
  let churned = anyDay;
  if (hasTerm) {
    const logOdds = rates.termLogOdds + (isHidden ? Math.log(hidden.onChurn) : 0);
    const gain = Math.log(effects.integrationOnTermEnd);
    churned = paid + terms.days;
    while (churned < observed && !chance.happens(1 / (1 + Math.exp(-logOdds - (integrated < churned ? gain : 0)))))
      churned += terms.days;
  }
  return {
    account,
    signup,
    segment,
    cell,
    companySize,
    isHidden,
    importsFirst,
    configured: importsFirst ? second : first,
    imported: importsFirst ? first : second,
    firstValue,
    firstIntegration,
    integrated,
    secondUser,
    team,
    isTreated,
    touches,
    touchedAt,
    paid,
    hasTerm,
    expanded: pays && expands < churned ? expands : Infinity,
    churned,
    ends: Math.min(churned, observed),
    chance,
  };
}

/** The first that is drawn of an account. */
export const signupOf = ({ signupDays }: PlantedCompany, chance: Chance): number => chance.next() * signupDays;

function placeOf(list: readonly { readonly share: number }[], roll: number): number {
  let left = roll;
  for (let i = 0; i < list.length - 1; i++) if ((left -= list[i]!.share) < 0) return i;
  return list.length - 1;
}

/** When a rate that a playbook multiplies from its day on has added up to `due`. */
function reachedAt(rate: number, playbook: PlantedPlaybook | undefined, due: number): number {
  const at = due / rate;
  if (playbook === undefined || at <= playbook.day) return at;
  return playbook.day + (at - playbook.day) / playbook.factor;
}

/** The same of a hazard that begins at `from` and changes by `ratio` at `change`. */
function switchedAt(from: number, hazard: number, change: number, ratio: number, due: number): number {
  const before = hazard * Math.max(0, change - from);
  if (due < before) return from + due / hazard;
  return Math.max(from, change) + (due - before) / (hazard * ratio);
}
