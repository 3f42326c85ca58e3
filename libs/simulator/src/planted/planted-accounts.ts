import { habitAt } from './habit.js';
import type { PlantedCompany } from './planted-company.js';
import { plantedLife } from './planted-life.js';
import type { PlantedLife } from './planted-life.js';
import { isEligible } from './planted-playbooks.js';

/** One value an account. Times are days from its signup; what had not happened by `ends` is Infinity. */
export interface PlantedAccounts {
  count: number;
  /** Number of the account. */
  account: Uint32Array;
  /** Days from the company's first. */
  signup: Float64Array;
  /** Places in the company's lists. */
  segment: Uint8Array;
  cell: Uint8Array;
  companySize: Uint32Array;
  /** The trait that no event tells: not for methods, only to see what it does. */
  hidden: Uint8Array;
  /** First of the two setup steps. */
  importsFirst: Uint8Array;
  setupComplete: Float64Array;
  firstValue: Float64Array;
  teamAdoption: Float64Array;
  integrationDepth: Float64Array;
  /** Only if it was asked for; else empty. */
  habit: Float64Array;
  /** By playbook: 0 not eligible, 1 held out, 2 played to. */
  arms: readonly [Uint8Array, Uint8Array];
  /** Of account i: touches from touchStart[i] to touchStart[i + 1], places in TOUCHES. */
  touchStart: Uint32Array;
  touch: Uint8Array;
  paid: Float64Array;
  hasTerm: Uint8Array;
  expanded: Float64Array;
  /** When the account left, or else the observation ended. */
  ends: Float64Array;
  churned: Uint8Array;
}

export interface AccountOptions {
  company: PlantedCompany;
  seed: number;
  /** The first account, and the one after the last. */
  from?: number;
  until: number;
  /** Whether to draw the accounts' use for the habit, which takes most of the time. Default false. */
  habit?: boolean;
  /** The company's first day, which dates depend on; needed for the habit. */
  epoch?: number;
}

/** The accounts of a planted company as columns: the same lives that the events tell. */
export function plantedAccounts(options: AccountOptions): PlantedAccounts {
  const { company, seed, from = 0, until, habit = false, epoch = 0 } = options;
  const columns = emptyColumns(until - from, habit);
  const touches: number[] = [];
  for (let i = 0; i < columns.count; i++) {
    const life = plantedLife(company, seed, from + i);
    fill(columns, i, life, company);
    if (habit) columns.habit[i] = habitAt(company, life, epoch);
    columns.touchStart[i] = touches.length;
    for (const touch of life.touches) touches.push(touch);
  }
  columns.touchStart[columns.count] = touches.length;
  return { ...columns, touch: Uint8Array.from(touches) };
}

function emptyColumns(count: number, habit: boolean): PlantedAccounts {
  const bytes = (): Uint8Array => new Uint8Array(count);
  const numbers = (): Float64Array => new Float64Array(count);
  return {
    count,
    account: new Uint32Array(count),
    signup: numbers(),
    segment: bytes(),
    cell: bytes(),
    companySize: new Uint32Array(count),
    hidden: bytes(),
    importsFirst: bytes(),
    setupComplete: numbers(),
    firstValue: numbers(),
    teamAdoption: numbers(),
    integrationDepth: numbers(),
    habit: new Float64Array(habit ? count : 0),
    arms: [bytes(), bytes()],
    touchStart: new Uint32Array(count + 1),
    touch: bytes(),
    paid: numbers(),
    hasTerm: bytes(),
    expanded: numbers(),
    ends: numbers(),
    churned: bytes(),
  };
}

function fill(columns: PlantedAccounts, i: number, life: PlantedLife, company: PlantedCompany): void {
  const seen = (at: number): number => (at < life.ends ? at : Infinity);
  columns.account[i] = life.account;
  columns.signup[i] = life.signup;
  columns.segment[i] = life.segment;
  columns.cell[i] = life.cell;
  columns.companySize[i] = life.companySize;
  columns.hidden[i] = life.isHidden ? 1 : 0;
  columns.importsFirst[i] = life.importsFirst ? 1 : 0;
  columns.setupComplete[i] = seen(Math.max(life.configured, life.imported));
  columns.firstValue[i] = seen(life.firstValue);
  columns.teamAdoption[i] = seen(life.team);
  columns.integrationDepth[i] = seen(life.integrated);
  for (const playbook of [0, 1] as const)
    columns.arms[playbook][i] = isEligible(company, life, playbook) ? (life.isTreated[playbook] ? 2 : 1) : 0;
  columns.paid[i] = seen(life.paid);
  columns.hasTerm[i] = life.hasTerm ? 1 : 0;
  columns.expanded[i] = seen(life.expanded);
  columns.ends[i] = life.ends;
  columns.churned[i] = life.churned === life.ends ? 1 : 0;
}
