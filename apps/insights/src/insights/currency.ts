import { ProblemException } from '@milepost/platform';
import { listed } from '../wording/figures.js';
import type { Insights } from './insights.js';
import type { ScopedAccounts } from './scoped-accounts.js';

/** What `account_rows.currency` says of an account that was billed in more than one. */
export const SEVERAL = 'several';

/** Minor units in one of a currency, by ISO 4217: 100 cents, 1 yen, 1,000 fils. 100 where it is not known. */
export function minorUnits(code: string): number {
  if (!/^[A-Z]{3}$/.test(code)) return 100;
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', { style: 'currency', currency: code }).resolvedOptions(); // prettier-ignore
  return 10 ** maximumFractionDigits;
}

/**
 * The one currency that accounts of the scope are billed in; null where none was billed.
 *
 * @throws ProblemException `several-currencies`, with what may be asked instead
 */
export async function currencyOf(insights: Insights, { parameters }: ScopedAccounts): Promise<string | null> {
  const [row] = await insights.ask<{ currencies: string[] }>('currencies', parameters);
  const { currencies } = row!;
  if (currencies.length === 1 && currencies[0] !== SEVERAL) return currencies[0]!;
  if (currencies.length === 0) return null;
  throw new ProblemException('several-currencies', `Accounts of this scope are billed in ${namesOf(currencies)}, and amounts are not added up over currencies: give currency, or a region that has one.`, { errors: [{ parameter: 'currency', detail: `one of ${currencies.filter((one) => one !== SEVERAL).join(', ')}` }] }); // prettier-ignore
}

/** As a sentence says them. */
export const namesOf = (currencies: readonly string[]): string =>
  listed(currencies.map((one) => (one === SEVERAL ? 'several at once' : one)));
