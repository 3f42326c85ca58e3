import type { Warning } from '@milepost/contracts/http';
import { accounts, are, counted } from '../wording/figures.js';
import { SMALL_CELL } from '../wording/warnings.js';
import type { Insights } from './insights.js';
import type { ScopedAccounts } from './scoped-accounts.js';

interface Row {
  long: number;
  paying: number;
  unpaid: number;
  unpaidLeft: number;
}

/** A term is a month for one and a year for another. */
export async function doubtsOnTerms(insights: Insights, { parameters }: ScopedAccounts): Promise<Warning[]> {
  const [row] = await insights.ask<Row>('term-lengths', parameters);
  const { long, paying } = row!;
  if (long === 0 || long === paying) return [];
  return [{ code: 'assumption', text: `Terms of all lengths are counted side by side; ${long} of ${counted(paying, 'paying account')} ${are(long)} on longer ones than a month. /v1/forecasts/cohorts takes one length, termMonths.` }]; // prettier-ignore
}

/**
 * What stands against taking cancellations for all who left: who never paid may have nothing to cancel. By day also that
 * contracts of several months cannot end in between, so that a curve falls in steps for them.
 */
export async function doubtsOnLeaving(
  insights: Insights,
  { parameters }: ScopedAccounts,
  isByDay = false,
): Promise<Warning[]> {
  const [row] = await insights.ask<Row>('term-lengths', parameters);
  const { long, paying, unpaid, unpaidLeft } = row!;
  const warnings: Warning[] = [];
  if (isByDay && long > 0) warnings.push({ code: 'assumption', text: `${long} of ${counted(paying, 'paying account')} ${are(long)} on terms longer than a month and cannot leave in between: ask with clock=renewal for what happens at the end of terms.` }); // prettier-ignore
  if (unpaid >= SMALL_CELL && unpaidLeft === 0) warnings.push({ code: 'assumption', text: `None of ${accounts(unpaid)} that never paid has cancelled: they count as still there, though they may have gone quiet. Only who pays can be seen to leave.` }); // prettier-ignore
  return warnings;
}
