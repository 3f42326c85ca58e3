import { StatisticsError } from '../statistics-error.js';
import { LARGEST } from '../survival/checked-column.js';

/** Accounts of an arm, and how many of them had the event. */
export interface ArmCounts {
  readonly events: number;
  readonly accounts: number;
}

/** @throws StatisticsError naming the arm */
export function checkCounts(name: string, { events, accounts }: ArmCounts, fewest = 2): void {
  if (!(accounts <= LARGEST && Number.isFinite(events) && events >= 0 && events <= accounts)) {
    throw new StatisticsError('invalid-input', `${name} has ${events} events of ${accounts} accounts: give finite numbers with 0 ≤ events ≤ accounts.`); // prettier-ignore
  }
  if (!(accounts > fewest - 1))
    throw new StatisticsError('not-enough-data', `${name} has ${accounts} accounts: give at least ${fewest}.`);
}
