import { plantedAccounts } from '../../planted/planted-accounts.js';
import type { PlantedAccounts } from '../../planted/planted-accounts.js';
import { plantedCompany } from '../../planted/planted-company.js';
import type { PlantedCompany } from '../../planted/planted-company.js';

/** Strength of the hidden trait where it is on: milestones e^0.8 = 2.2 times as fast, churn 2.2 times as slow. */
export const HIDDEN = 0.8;

/** A company, and the columns of those of its accounts that are asked about. */
export interface PlantedData {
  seed: number;
  company: PlantedCompany;
  accounts: PlantedAccounts;
}

export function plantedData(seed: number, accounts: number, hidden = 0): PlantedData {
  const company = plantedCompany({ seed, hidden });
  return { seed, company, accounts: plantedAccounts({ company, seed, until: accounts }) };
}

export const rowsWhere = ({ count }: PlantedAccounts, isIn: (i: number) => boolean): number[] =>
  Array.from({ length: count }, (_, i) => i).filter(isIn);

/** The analyst knows the size, hence the segment. */
export const segmentCovariates = ({ segment }: PlantedAccounts, rows: readonly number[]) => ({
  midMarket: rows.map((i) => Number(segment[i] === 1)),
  enterprise: rows.map((i) => Number(segment[i] === 2)),
});

export const MILESTONES = [
  { name: 'integration', title: 'integration-depth', column: 'integrationDepth' },
  { name: 'team', title: 'team-adoption', column: 'teamAdoption' },
] as const;
export type PlantedMilestone = (typeof MILESTONES)[number];

/** null for never, as the survival methods take it. */
export const reachedTimes = (accounts: PlantedAccounts, { column }: PlantedMilestone, rows: readonly number[]) =>
  rows.map((i) => (accounts[column][i] === Infinity ? null : accounts[column][i]!));
