import { hyperpriorShrinkage } from '@milepost/statistics';
import { firstValueShares } from '../../../planted/truth/index.js';
import { rowsWhere } from '../planted-data.js';
import type { PlantedData } from '../planted-data.js';
import type { Findings } from '../sighting.js';

const DAYS = 14;
/** A young company: so many accounts in all. */
const KNOWN = 500;
/** As few accounts as answers are promised for. */
const SMALL = 30;

/** What share of a small segment has its first value within two weeks? Shrunk beside raw. */
export function smallSegments({ company, accounts }: PlantedData): Findings {
  const before = company.drift?.day ?? Infinity;
  const rows = rowsWhere(accounts, (i) => accounts.signup[i]! < before).slice(0, KNOWN);
  const cells = company.cells.map((_, cell) => rows.filter((i) => accounts.cell[i] === cell));
  const { segments } = hyperpriorShrinkage({
    trials: cells.map((own) => own.length),
    events: cells.map((own) => own.filter((i) => accounts.firstValue[i]! <= DAYS).length),
  });
  const truths = firstValueShares(company, DAYS);
  const small = segments.flatMap((one, i) => (one.raw !== null && one.trials <= SMALL ? [{ ...one, truth: truths[i]! }] : [])); // prettier-ignore
  const squared = (of: (one: (typeof small)[number]) => number): number =>
    small.reduce((sum, one) => sum + (of(one) - one.truth) ** 2, 0) / small.length;
  return {
    measures: [{ row: SMALL_ERROR, honest: squared(({ estimate }) => estimate), naive: squared(({ raw }) => raw!) }],
    seen: small.map(({ truth, ...honest }) => ({ row: 'Share of a small segment, shrunk', truth, honest })),
  };
}

/** Squared, so that its root over all seeds is the error. */
export const SMALL_ERROR = 'Squared error of small segments';
