import { rowsWhere } from './planted-data.js';
import type { PlantedData } from './planted-data.js';

/** Days from the playbook's day to the outcome: has the account left by then? */
export const OUTCOME_DAYS = 90;
const WEEK = 7;
const FEWEST = 20;

export interface Arm {
  events: number;
  accounts: number;
}

/** What the analyst sees in one week: accounts of each arm whose outcome is known, and how many of them have left. */
export interface Look {
  heldOut: Arm;
  played: Arm;
}

/** The looks of an analyst who looks each week as outcomes come in, from 20 accounts in each arm on. */
export function weeklyLooks({ company, accounts }: PlantedData, playbook: 0 | 1): Look[] {
  const { day } = company.playbooks[playbook];
  const due = day + OUTCOME_DAYS;
  const arms = accounts.arms[playbook];
  const known = rowsWhere(accounts, (i) => arms[i] !== 0 && accounts.hasTerm[i] === 0)
    .map((i) => ({
      at: accounts.signup[i]! + due,
      isPlayed: arms[i] === 2,
      left: accounts.churned[i] === 1 && accounts.ends[i]! <= due ? 1 : 0,
    }))
    .sort((a, b) => a.at - b.at);
  const looks: Look[] = [];
  const [heldOut, played] = [
    { events: 0, accounts: 0 },
    { events: 0, accounts: 0 },
  ];
  let next = 0;
  for (let week = WEEK; week < company.observedDays; week += WEEK) {
    for (; next < known.length && known[next]!.at <= week; next++) {
      const arm = known[next]!.isPlayed ? played : heldOut;
      arm.accounts++;
      arm.events += known[next]!.left;
    }
    if (Math.min(heldOut.accounts, played.accounts) >= FEWEST)
      looks.push({ heldOut: { ...heldOut }, played: { ...played } });
  }
  return looks;
}
